package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.session.SessionKey;
import org.jspecify.annotations.Nullable;

/** A user session as the rule evaluator sees it. Belongs to the thread of its lane. */
public interface EvaluatedSession {

  SessionKey key();

  /** {@return the session clock, in milliseconds since the epoch} */
  long clock();

  /** {@return when its newest action happened, in milliseconds since the epoch} */
  long newest();

  /** {@return its Drools session; null while none is open} */
  @Nullable RuleSession ruleSession();

  /**
   * Takes its Drools session. Called by the evaluator alone.
   *
   * @param session the Drools session; null where it was disposed
   */
  void ruleSession(@Nullable RuleSession session);
}
