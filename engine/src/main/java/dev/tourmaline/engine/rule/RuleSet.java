package dev.tourmaline.engine.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rule sources, read and not yet compiled: from directories, files, jars and strings. Immutable and
 * thread-safe.
 */
public final class RuleSet {

  private static final String EXTENSION = ".drl";

  private final List<Source> sources;

  private RuleSet(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** {@return a set without rules} */
  public static RuleSet empty() {
    return new RuleSet(List.of());
  }

  /**
   * {@return the rules of one text}
   *
   * @param name how problems name the text, such as a file name
   * @param drl the text
   */
  public static RuleSet of(String name, String drl) {
    return new RuleSet(List.of(new Source(name, drl)));
  }

  /**
   * {@return the rules of a {@code .drl} file, or of all such files below a directory}
   *
   * @param path the file or directory
   * @throws UncheckedIOException if it cannot be read
   */
  public static RuleSet path(Path path) {
    return read(path, path.toString());
  }

  /**
   * {@return the rules below a folder of the class path, in a directory or in a jar}
   *
   * @param loader whose class path
   * @param folder the folder, such as {@code packs/navigation}
   * @throws IllegalArgumentException if the class path has no such folder
   * @throws UncheckedIOException if it cannot be read
   */
  public static RuleSet resources(ClassLoader loader, String folder) {
    URL url = loader.getResource(folder);
    if (url == null) {
      throw new IllegalArgumentException("the class path has no folder '" + folder + "'");
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri), folder);
      }
      Path jar = Path.of(URI.create(uri.getRawSchemeSpecificPart().split("!")[0]));
      try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
        return read(files.getPath(folder), folder);
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("cannot read rules from " + url, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return both sets' rules}
   *
   * @param other the other set
   */
  public RuleSet plus(RuleSet other) {
    return new RuleSet(Stream.concat(sources.stream(), other.sources.stream()).toList());
  }

  /** {@return the texts, ordered as they were given and by name within a directory} */
  public List<Source> sources() {
    return sources;
  }

  /** {@return whether both hold the same texts under the same names, in the same order} */
  @Override
  public boolean equals(Object other) {
    return other instanceof RuleSet that && sources.equals(that.sources);
  }

  @Override
  public int hashCode() {
    return sources.hashCode();
  }

  private static RuleSet read(Path path, String name) {
    try {
      if (!Files.isDirectory(path)) {
        return of(name, Files.readString(path, StandardCharsets.UTF_8));
      }
      List<Path> files;
      try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
        files =
            walk.filter(p -> p.toString().endsWith(EXTENSION) && Files.isRegularFile(p))
                .sorted()
                .toList();
      }
      List<Source> sources = new ArrayList<>();
      for (Path file : files) {
        String inside = path.relativize(file).toString();
        sources.add(
            new Source(name + "/" + inside, Files.readString(file, StandardCharsets.UTF_8)));
      }
      return new RuleSet(sources);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read rules from " + name, e);
    }
  }

  /**
   * One rule text.
   *
   * @param name how problems name it, such as a file's path
   * @param text the DRL
   */
  public record Source(String name, String text) {}
}
