package dev.tourmaline.engine.sink;

import java.util.Optional;

/** Asks the policy once more, just before a trigger that had to wait leaves. Thread-safe. */
@FunctionalInterface
public interface LastCheck {

  /** {@return why the tour is no longer welcome; empty if it still is} */
  Optional<String> objection();
}
