package dev.tourmaline.workload;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of generated streams, made when they are first wanted, and of what runs leave. */
public final class Scratch implements AutoCloseable {

  private final Path folder;
  private final boolean kept;

  /** Opens a folder that stays, to be used again; without one, a folder that goes with this. */
  public Scratch(Optional<Path> folder) throws IOException {
    this.kept = folder.isPresent();
    this.folder =
        kept ? Files.createDirectories(folder.get()) : Files.createTempDirectory("tourmaline");
  }

  /** {@return a file or folder of this name, there or not} */
  public File file(String name) {
    return folder.resolve(name).toFile();
  }

  public File file(GeneratedStream stream) throws IOException {
    File file = file(stream.name() + ".jsonl");
    if (!file.exists()) {
      File part = file(stream.name() + ".part");
      try (PrintStream out =
          new PrintStream(new BufferedOutputStream(new FileOutputStream(part), 1 << 20))) {
        stream.writeTo(out);
      }
      Files.move(part.toPath(), file.toPath());
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
