package dev.tourmaline.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a small file, without white space around it, read again whenever the file changes.
 * If it can no longer be read, or is empty, the last content stays. Thread-safe.
 */
final class SecretFile implements Supplier<String> {

  private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

  private final Path file;
  private Version version = new Version(FileTime.fromMillis(Long.MIN_VALUE), -1, "");
  private String content = "";
  private String trouble = "";

  SecretFile(Path file) {
    this.file = file;
  }

  /** Tells one state of the file from another; a file that replaced it has another key. */
  private record Version(FileTime modified, long size, String key) {}

  /** {@return why the file gives no text; empty if it does} */
  synchronized Optional<String> fault() {
    refresh();
    return content.isEmpty() ? Optional.of(trouble) : Optional.empty();
  }

  @Override
  public synchronized String get() {
    String before = trouble;
    refresh();
    if (!trouble.isEmpty() && !trouble.equals(before)) {
      log.warn("{}; what it held before stays in use", trouble);
    }
    return content;
  }

  private void refresh() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Version seen = new Version(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
      if (seen.equals(version) && trouble.isEmpty()) {
        return;
      }
      String text = SmallFile.read(file).strip();
      if (text.isEmpty()) {
        trouble = "the file " + file + " is empty";
      } else {
        content = text;
        version = seen;
        trouble = "";
      }
    } catch (SmallFile.TooLargeException e) {
      trouble = "the file %s %s, which no secret is".formatted(file, e.getMessage());
    } catch (IOException e) {
      trouble = "the file %s cannot be read (%s)".formatted(file, e.getClass().getSimpleName());
    }
  }
}
