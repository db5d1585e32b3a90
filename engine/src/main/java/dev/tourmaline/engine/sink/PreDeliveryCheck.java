package dev.tourmaline.engine.sink;

import java.util.Optional;

/**
 * A second check by the policy, just before a trigger that had to wait is delivered. Thread-safe.
 */
@FunctionalInterface
public interface PreDeliveryCheck {

  /** {@return why the tour is no longer welcome; empty if it still is} */
  Optional<String> objection();

  /**
   * {@return whether no second user has claimed the trigger's session, the last 30 min included.
   * Where one has, a sink does not deliver on the word that its receiver is the trigger's user,
   * only to who is shown to own the session}
   */
  default boolean isUserUndisputed() {
    return true;
  }
}
