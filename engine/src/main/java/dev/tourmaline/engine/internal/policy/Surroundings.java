package dev.tourmaline.engine.internal.policy;

import java.util.Optional;
import java.util.Set;

/**
 * What a session's lane knows of the visitor when an offer is judged.
 *
 * @param page the path of the canonical URL of his page; empty where it is not known, or where the
 *     page itself looks
 * @param excepted the rules whose exception, {@code @unless}, holds
 */
public record Surroundings(Optional<String> page, Set<String> excepted) {

  private static final Surroundings UNKNOWN = new Surroundings(Optional.empty(), Set.of());

  /** {@return those of a visitor of whom nothing is known} */
  public static Surroundings unknown() {
    return UNKNOWN;
  }
}
