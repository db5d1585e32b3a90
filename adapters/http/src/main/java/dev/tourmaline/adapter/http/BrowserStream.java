package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import java.util.HashSet;
import java.util.Set;

/**
 * One browser's stream, and whose it is. Its mutable part is guarded by {@link PendingTriggers}.
 */
final class BrowserStream {

  private final SessionToken token;
  private final SessionKey session;
  private final String lastEventId;
  private final EventStream stream;
  private final Set<String> sent = new HashSet<>(2);

  /**
   * Describes a stream.
   *
   * @param token what its client has shown
   * @param session what it is to get the triggers of
   * @param lastEventId the last trigger its client handled, or empty text
   */
  BrowserStream(SessionToken token, SessionKey session, String lastEventId, EventStream stream) {
    this.token = token;
    this.session = session;
    this.lastEventId = lastEventId;
    this.stream = stream;
  }

  SessionKey session() {
    return session;
  }

  /** Whom its client's streams are counted by. */
  SessionToken.Subject subject() {
    return token.subject();
  }

  /** Whether the token vouches for the session; else its triggers depend on the user's claim. */
  boolean ownsSession() {
    return token.namesSession();
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
    return token.mayHave(pending.trigger()) && sent.add(pending.trigger().id());
  }

  void release(PendingTrigger pending) {
    sent.remove(pending.trigger().id());
  }
}
