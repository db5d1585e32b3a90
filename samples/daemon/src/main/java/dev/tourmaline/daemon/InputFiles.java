package dev.tourmaline.daemon;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a command reads, none of which its output may take the place of. */
final class InputFiles {

  private final Map<Path, String> named = new LinkedHashMap<>();

  /**
   * Adds a file, or a folder with the rules below it.
   *
   * @param what what it is, for a sentence
   */
  void add(Path path, String what) {
    named.put(path, what);
  }

  /** {@return what an output would destroy, be it by a link; empty for nothing} */
  Optional<String> lostTo(Path output) {
    return Files.isRegularFile(output)
        ? named.entrySet().stream()
            .filter(input -> holds(input.getKey(), output))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }

  private static boolean holds(Path input, Path output) {
    if (!Files.isDirectory(input)) {
      return isSame(input, output);
    }
    try (Stream<Path> files = Files.walk(input, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(file -> file.toString().endsWith(".drl") && isSame(file, output));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSame(Path input, Path output) {
    try {
      return Files.isRegularFile(input) && Files.isSameFile(input, output);
    } catch (IOException e) {
      return false;
    }
  }
}
