package dev.tourmaline.engine.sink;

import java.util.Optional;

/** Asks the policy again, just before a trigger that had to wait is delivered. Thread-safe. */
@FunctionalInterface
public interface PreDeliveryCheck {

  /** {@return why the tour is no longer welcome; empty if it still is} */
  Optional<String> objection();
}
