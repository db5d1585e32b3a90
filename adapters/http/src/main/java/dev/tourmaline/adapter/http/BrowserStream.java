package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import java.util.HashSet;
import java.util.Set;

/**
 * One browser's stream, and whose it is. Its mutable part is guarded by {@link PendingTriggers}.
 */
final class BrowserStream {

  private final SessionKey session;
  private final String user;
  private final String lastEventId;
  private final EventStream stream;
  private final Set<String> sent = new HashSet<>(2);

  /**
   * Describes a stream.
   *
   * @param user the user its token is for, or empty text where the token names the session
   * @param lastEventId the last trigger its client handled, or empty text
   */
  BrowserStream(SessionKey session, String user, String lastEventId, EventStream stream) {
    this.session = session;
    this.user = user;
    this.lastEventId = lastEventId;
    this.stream = stream;
  }

  SessionKey session() {
    return session;
  }

  String lastEventId() {
    return lastEventId;
  }

  EventStream stream() {
    return stream;
  }

  /**
   * {@return whether this client may have the trigger and has not got it; it now counts as sent}
   */
  boolean claim(PendingTrigger pending) {
    return (user.isEmpty() || user.equals(pending.trigger().userId()))
        && sent.add(pending.trigger().id());
  }

  void release(PendingTrigger pending) {
    sent.remove(pending.trigger().id());
  }
}
