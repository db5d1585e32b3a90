package dev.tourmaline.engine.event;

/**
 * Writes events in the connector's own form: what {@link EventDecoder} reads back as the same
 * event. Immutable and thread-safe.
 */
public final class EventEncoder {

  /** {@return an encoder} */
  public static EventEncoder create() {
    return new EventEncoder();
  }

  private EventEncoder() {}

  /**
   * {@return the event as one JSON object in UTF-8, without a line break}
   *
   * @param event the event
   */
  public byte[] encode(StreamEvent event) {
    throw new UnsupportedOperationException(event.toString());
  }
}
