package dev.tourmaline.engine.source;

/** Takes raw frames, one JSON object each. Thread-safe. */
@FunctionalInterface
public interface FrameReceiver {

  /**
   * Takes one frame. Blocks while the engine is full; never throws for what the frame holds.
   *
   * @param utf8 the frame's bytes, which now belong to the receiver
   */
  void receive(byte[] utf8);
}
