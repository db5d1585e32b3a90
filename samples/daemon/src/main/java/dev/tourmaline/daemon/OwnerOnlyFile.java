package dev.tourmaline.daemon;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file with secrets: it appears whole or not at all, and only its owner can read it. */
final class OwnerOnlyFile {

  private final Path file;
  private final Path draft;

  private OwnerOnlyFile(Path file, Path draft) {
    this.file = file;
    this.draft = draft;
  }

  /** {@return why a file cannot be written, in a sentence; empty if it can} */
  static Optional<String> fault(Path file, boolean replace) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    if (Files.isDirectory(file)) {
      return Optional.of("--save is '%s', a folder; it must be a file".formatted(file));
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Optional.of(
          "--save is '%s', but %s is no folder that can be written".formatted(file, folder));
    }
    if (Files.exists(file) && !replace) {
      return Optional.of(
          "--save is '%s', which exists; name another file, or add --force".formatted(file));
    }
    return Optional.empty();
  }

  /**
   * Makes room for the file, so that a full disk or a missing right is found out in time.
   *
   * @throws IOException if there is none
   */
  static OwnerOnlyFile prepare(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    // Temporary files are for their owner alone wherever the system knows permissions.
    Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    File plain = draft.toFile();
    if (!draft.getFileSystem().supportedFileAttributeViews().contains("posix")
        && !(plain.setReadable(false, false) && plain.setReadable(true, true))) {
      Files.delete(draft);
      throw new IOException(
          "this file system cannot keep %s from being read by others".formatted(file));
    }
    return new OwnerOnlyFile(file, draft);
  }

  void write(String text) throws IOException {
    Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  void discard() throws IOException {
    Files.deleteIfExists(draft);
  }
}
