package dev.tourmaline.benchmarks;

import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of generated streams, made when they are first wanted, and of compiled rules. */
public final class Streams implements AutoCloseable {

  private final Path folder;
  private final boolean kept;

  private Streams(Path folder, boolean kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * Opens a folder of streams.
   *
   * @param folder where they stay to be used again; empty for a folder that goes with this
   * @return the streams
   * @throws IOException if it cannot be made
   */
  public static Streams in(Optional<Path> folder) throws IOException {
    if (folder.isPresent()) {
      return new Streams(Files.createDirectories(folder.get()), true);
    }
    return new Streams(Files.createTempDirectory("tourmaline-streams"), false);
  }

  /**
   * {@return the file of a stream}
   *
   * @param shape which stream
   * @throws IOException if it cannot be written
   */
  public Path file(StreamShape shape) throws IOException {
    String name =
        "%d-from-%d-x-%d-seed-%d.jsonl"
            .formatted(shape.sessions(), shape.first(), shape.actions(), shape.seed());
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Path unfinished = folder.resolve(name + ".part");
      StreamGenerator.write(shape, unfinished);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** {@return the folder of compiled rules, so that each rule base is compiled once} */
  public Path cache() {
    return folder.resolve("compiled");
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
