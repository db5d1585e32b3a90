package dev.tourmaline.engine.source;

/**
 * The SPI of sources: delivers raw frames in order, under backpressure.
 *
 * <p>A source owns its transport's faults. It reconnects by itself and tells its listener; it never
 * throws from its own threads. Implementations are thread-safe.
 */
public interface EventSource extends AutoCloseable {

  /** {@return a short name for logs and counters, such as {@code autoplay:prod_abc}} */
  String name();

  /**
   * {@return the product whose events this source carries} Frames of other products are rejected
   * and counted; an outage is a coverage gap of this one. Always the same.
   */
  String productId();

  /**
   * Starts to deliver frames. Returns at once; called once.
   *
   * @param frames takes each frame in order; it blocks while the engine is full, which holds the
   *     transport back
   * @param listener called on every change of state, on the source's thread
   * @throws IllegalStateException if it was started before
   */
  void start(FrameReceiver frames, SourceListener listener);

  /** Stops. When this returns no further frame is delivered. Calling it again does nothing. */
  @Override
  void close();
}
