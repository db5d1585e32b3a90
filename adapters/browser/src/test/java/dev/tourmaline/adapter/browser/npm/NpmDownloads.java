package dev.tourmaline.adapter.browser.npm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of packages as npm publishes them. What has not the digest that is asked for is never
 * used.
 */
final class NpmDownloads {

  private static final int ATTEMPTS = 3;
  private static final long PATIENCE_MINUTES = 3;

  private final Path folder;
  private final List<String> npm;

  /**
   * @param npm the command that runs npm
   */
  NpmDownloads(Path folder, List<String> npm) {
    this.folder = folder;
    this.npm = npm;
  }

  /**
   * {@return the archive of a package, fetched unless it lies there already}
   *
   * @param spec name and version, such as {@code driver.js@1.8.0}
   * @param sha512 the digest of the archive, in Base64 as npm writes it
   * @throws IllegalStateException if it cannot be fetched, or is not the one that was committed
   */
  Path archive(String spec, String sha512) {
    Path archive = folder.resolve(archiveName(spec));
    String wrong = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!Files.exists(archive)) {
        wrong = fetch(spec);
      }
      if (Files.exists(archive)) {
        String found = digest(archive);
        if (found.equals(sha512)) {
          return archive;
        }
        wrong = "sha512 is " + found + " and should be " + sha512;
        delete(archive);
      }
    }
    throw new IllegalStateException(
        "npm pack %s failed %d times; the last time: %s".formatted(spec, ATTEMPTS, wrong));
  }

  /** Of {@code @scope/name@1.2.3} it is {@code scope-name-1.2.3.tgz}. */
  private static String archiveName(String spec) {
    int version = spec.lastIndexOf('@');
    String name = spec.substring(0, version).replace("@", "").replace('/', '-');
    return name + "-" + spec.substring(version + 1) + ".tgz";
  }

  /** {@return what npm said} */
  private String fetch(String spec) {
    try {
      Files.createDirectories(folder);
      Path said = Files.createTempFile(folder, "npm-", ".log");
      List<String> arguments =
          List.of("pack", spec, "--pack-destination", folder.toString(), "--ignore-scripts");
      Process process =
          new ProcessBuilder(Stream.of(npm, arguments).flatMap(List::stream).toList())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String text = Files.readString(said, StandardCharsets.UTF_8).strip();
      Files.delete(said);
      return ended ? text : "no end within " + PATIENCE_MINUTES + " minutes: " + text;
    } catch (IOException e) {
      return e.getMessage() + " (Debian: apt-get install npm)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while npm packed " + spec, e);
    }
  }

  private static String digest(Path archive) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      return Base64.getEncoder().encodeToString(digest.digest(Files.readAllBytes(archive)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path archive) {
    try {
      Files.delete(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
