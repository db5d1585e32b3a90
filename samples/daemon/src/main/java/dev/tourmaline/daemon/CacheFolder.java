package dev.tourmaline.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where compiled rules are kept from one start to the next, unless {@code TOURMALINE_CACHE} names
 * another folder, or is {@code off}. The engine makes the folder, and uses it only if it is the
 * user's own.
 */
final class CacheFolder {

  private static final String VARIABLE = "TOURMALINE_CACHE";

  private CacheFolder() {}

  /** {@return the folder; empty where there is to be none} */
  static Optional<Path> find(Map<String, String> environment) {
    String own = environment.getOrDefault(VARIABLE, "");
    if (own.equals("off")) {
      return Optional.empty();
    }
    if (!own.isBlank()) {
      return Optional.of(Path.of(own));
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = System.getProperty("user.home", "");
    if (shared.isBlank() && home.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        shared.isBlank() ? Path.of(home, ".cache", "tourmaline") : Path.of(shared, "tourmaline"));
  }
}
