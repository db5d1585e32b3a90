package dev.tourmaline.engine.sink;

import java.util.Optional;

/**
 * A second check by the policy, just before a trigger that had to wait is delivered. Thread-safe.
 */
@FunctionalInterface
public interface PreDeliveryCheck {

  /** {@return why the tour is no longer welcome; empty if it still is} */
  Optional<String> objection();
}
