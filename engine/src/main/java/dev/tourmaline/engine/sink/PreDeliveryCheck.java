package dev.tourmaline.engine.sink;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The policy's last check, just before a trigger that had to wait is delivered. It is asked of the
 * lane of the trigger's session, and always answers within two seconds: where the lane does not,
 * with an objection. Thread-safe.
 */
@FunctionalInterface
public interface PreDeliveryCheck {

  /**
   * {@return completes with why the tour is no longer welcome; empty if it still is. Never
   * exceptionally, and on any thread: what depends on it is quick, or asynchronous}
   */
  CompletionStage<Optional<String>> objection();

  /**
   * {@return whether no second user has claimed the trigger's session, the last 30 min included.
   * Where one has, a sink does not deliver on the word that its receiver is the trigger's user,
   * only to who is shown to own the session}
   */
  default boolean isUserUndisputed() {
    return true;
  }
}
