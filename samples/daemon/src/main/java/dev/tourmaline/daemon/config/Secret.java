package dev.tourmaline.daemon.config;

import java.util.function.Supplier;

/**
 * A secret that is looked up each time it is needed, so that it may change while the daemon runs.
 * It never shows itself in {@code toString}. Thread-safe.
 */
public final class Secret implements Supplier<String> {

  private final Supplier<String> value;

  private Secret(Supplier<String> value) {
    this.value = value;
  }

  public static Secret of(Supplier<String> value) {
    return new Secret(value);
  }

  @Override
  public String get() {
    return value.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}
