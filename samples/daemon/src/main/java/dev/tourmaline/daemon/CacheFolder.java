package dev.tourmaline.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where compiled rules are kept from one start to the next: a folder of the user's own, since what
 * stands in it is run. {@code TOURMALINE_CACHE} names another one, or is {@code off}. A folder that
 * cannot be used is logged, and rules are compiled at every start.
 */
final class CacheFolder {

  private static final Logger log = LoggerFactory.getLogger(CacheFolder.class);
  private static final String VARIABLE = "TOURMALINE_CACHE";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private CacheFolder() {}

  /** {@return the folder, made if need be; empty where there is to be none or none is safe} */
  static Optional<Path> find(Map<String, String> environment) {
    return named(environment).flatMap(CacheFolder::make);
  }

  private static Optional<Path> named(Map<String, String> environment) {
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

  private static Optional<Path> make(Path folder) {
    try {
      if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return Optional.of(Files.createDirectories(folder));
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      // Whoever else could write here could have this program run code of theirs.
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
      if (OWNER_ONLY.containsAll(mode)) {
        return Optional.of(folder);
      }
      log.warn(
          "compiled rules are not kept: the mode of {} is {}, but what stands in it is run, so it"
              + " must be its owner's alone; chmod 700 it, or set {}=off",
          folder,
          PosixFilePermissions.toString(mode),
          VARIABLE);
    } catch (IOException | UnsupportedOperationException e) {
      log.warn(
          "compiled rules are not kept: {} is no folder that can be used: {}",
          folder,
          e.toString());
    }
    return Optional.empty();
  }
}
