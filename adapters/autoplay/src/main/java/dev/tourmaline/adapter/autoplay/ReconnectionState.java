package dev.tourmaline.adapter.autoplay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The last event id and the reconnection time of a stream, as the server-sent events standard has
 * them. They outlive the connection. Used by the source's thread alone.
 */
final class ReconnectionState {

  /** Longer ids are not remembered: servers refuse requests with such a header. */
  static final int MAX_ID_BYTES = 1024;

  private static final int MAX_RETRY_DIGITS = 18;

  private String lastEventId = "";
  private Optional<String> pendingId = Optional.empty();
  private Duration reconnectAfter = Duration.ZERO;

  /** The last event id, or empty text where the stream has none. */
  String lastEventId() {
    return lastEventId;
  }

  /** How long the server asks to wait before reconnecting; zero where it does not. */
  Duration reconnectAfter() {
    return reconnectAfter;
  }

  /** A new connection begins: an id without the end of its event is forgotten. */
  void connectionBegins() {
    pendingId = Optional.empty();
  }

  /** A line {@code id:} was read; it counts once its event ends. An id with a NUL is ignored. */
  void id(byte[] bytes, int from, int to) {
    if (to - from > MAX_ID_BYTES) {
      return;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return;
      }
    }
    pendingId = Optional.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  /** An empty line was read. */
  void eventEnds() {
    pendingId.ifPresent(id -> lastEventId = id);
    pendingId = Optional.empty();
  }

  /** A line {@code retry:} was read; anything but digits is ignored. */
  void retry(byte[] bytes, int from, int to) {
    if (from == to || to - from > MAX_RETRY_DIGITS) {
      return;
    }
    long millis = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return;
      }
      millis = millis * 10 + (bytes[i] - '0');
    }
    reconnectAfter = Duration.ofMillis(millis);
  }
}
