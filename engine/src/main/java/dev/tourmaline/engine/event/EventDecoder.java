package dev.tourmaline.engine.event;

/**
 * Decodes the connector's frames, one JSON object each, without building a tree. Immutable and
 * thread-safe.
 */
public final class EventDecoder {

  /** {@return a decoder with the default limits} */
  public static EventDecoder create() {
    return new EventDecoder();
  }

  private EventDecoder() {}

  /**
   * {@return what the frame holds; never null}
   *
   * @param utf8 the frame's bytes
   */
  public DecodeResult decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length);
  }

  /**
   * {@return what the frame holds; never null}
   *
   * @param utf8 a buffer that holds the frame
   * @param offset where the frame begins
   * @param length how many bytes it has
   */
  public DecodeResult decode(byte[] utf8, int offset, int length) {
    throw new UnsupportedOperationException();
  }
}
