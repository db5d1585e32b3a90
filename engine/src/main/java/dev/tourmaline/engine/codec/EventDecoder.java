package dev.tourmaline.engine.codec;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.internal.decode.FrameDecoder;

/**
 * A streaming JSON decoder of the connector's frames, one object in UTF-8 each. Immutable for its
 * callers and thread-safe.
 *
 * <p>An empty frame is a heartbeat; a byte order mark is skipped. Fields may stand in any order; of
 * a field given twice the last one counts; null and absent are the same; unknown fields are
 * skipped, whatever they hold. An action that cannot be used is left out of its batch alone. The
 * whole frame is rejected where it is not JSON in strict UTF-8, where a field of the frame itself
 * cannot be used, and where it exceeds a limit: 16 MiB, 100,000 actions, 64 levels of nesting, 4
 * KiB for a field's name. A text field holds at most 64 KiB of UTF-8, an id of a product, a
 * session, a user or a tour at most 512 characters; a time lies between the years 2000 and 9999, 0
 * being absent.
 */
public final class EventDecoder {

  private final FrameDecoder frames = new FrameDecoder();

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
    return frames.decode(utf8, 0, utf8.length);
  }

  /**
   * {@return what the frame holds; never null}
   *
   * @param utf8 a buffer that holds the frame; it is not kept
   * @param offset where the frame begins
   * @param length how many bytes it has
   * @throws IndexOutOfBoundsException if the buffer does not hold that many bytes there
   */
  public DecodeResult decode(byte[] utf8, int offset, int length) {
    return frames.decode(utf8, offset, length);
  }
}
