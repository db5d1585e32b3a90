package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/**
 * What rules see. Absent text is empty, never null, and no accessor throws, so that one odd event
 * cannot break a rule.
 */
public sealed interface Fact permits SessionFact {

  /** {@return the user session the fact belongs to} */
  SessionKey getSession();

  /**
   * {@return event time in milliseconds since the epoch; Drools reads it as the event's timestamp}
   */
  long getAt();
}
