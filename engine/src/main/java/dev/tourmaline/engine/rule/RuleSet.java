package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.rule.RuleProblem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rule sources, read and not yet compiled: from directories, files, the class path and strings.
 * Immutable and thread-safe.
 *
 * <p>Files are text in UTF-8, with or without a byte order mark. A file that is something else, or
 * cannot be read, is part of the set as a {@linkplain Source#fault() fault}: whatever compiles or
 * checks the set reports it with the rules' other problems.
 */
public final class RuleSet {

  static final String EXTENSION = ".drl";

  /** What is read of a text at most, in bytes or characters. */
  static final int LARGEST = 1 << 20;

  private static final String TOO_LARGE = "is larger than 1 MiB and is not read; divide the rules";

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
   * {@return the rules of a file, or of all {@code .drl} files below a directory}
   *
   * @param path the file or directory
   * @throws UncheckedIOException if there is no such file or directory, or the directory cannot be
   *     listed; the message names what was looked for
   */
  public static RuleSet path(Path path) {
    try {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (!Files.isDirectory(path)) {
        return new RuleSet(List.of(read(path.toString(), path)));
      }
      List<Source> sources = new ArrayList<>();
      for (Path file : filesBelow(path)) {
        sources.add(read(path + "/" + path.relativize(file), file));
      }
      return new RuleSet(sources);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read rules from '%s': %s".formatted(path, reason(e)), e);
    }
  }

  /**
   * {@return the rules of a file of the class path, or of all {@code .drl} files below a folder of
   * it}
   *
   * <p>It asks the class loader alone, so it works where that one does: in directories, jars, jars
   * within the executable jar of Spring Boot. A folder is everything that the class path holds
   * under its name, be it in several places; where two of them hold the same file, the first in the
   * order of the class path is read, as with any resource. Class loaders whose resources are
   * neither files nor in jars cannot list a folder; name its files one by one.
   *
   * @param loader whose class path
   * @param name a folder, such as {@code packs/navigation}, or a file
   * @throws IllegalArgumentException if the class path has no such file, and no such folder with a
   *     {@code .drl} file in it
   * @throws UncheckedIOException if the class path cannot be read
   */
  public static RuleSet resources(ClassLoader loader, String name) {
    return new RuleSet(ClassPathRules.read(loader, name));
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

  static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(file -> file.toString().endsWith(EXTENSION) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static Source read(String name, Path file) {
    return read(
        name,
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
          }
        });
  }

  /** The source of a file; one with a fault if it cannot be read or is no text. */
  static Source read(String name, Content content) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(content.bytes());
    } catch (IOException e) {
      return Source.faulty(name, "", 0, "cannot be read: " + reason(e));
    }
    if (bytes.capacity() > LARGEST) {
      return Source.faulty(name, "", 0, TOO_LARGE);
    }
    CharBuffer text = CharBuffer.allocate(bytes.capacity());
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
    if (!result.isError()) {
      return new Source(name, text.flip().toString());
    }
    String lenient = new String(bytes.array(), StandardCharsets.UTF_8);
    int line = 1;
    for (int i = 0; i < bytes.position(); i++) {
      line += bytes.get(i) == '\n' ? 1 : 0;
    }
    // A text with zero bytes is in UTF-16, and nothing could be said about its rules.
    return Source.faulty(
        name,
        lenient.indexOf('\0') < 0 ? lenient : "",
        line,
        "is not in UTF-8 from the byte 0x%02X on; save it as UTF-8"
            .formatted(bytes.get(bytes.position())));
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    return e instanceof AccessDeniedException denied
        ? "the permission is missing for " + denied.getFile()
        : e.toString();
  }

  /** What a file holds. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  /**
   * One rule text.
   *
   * @param name how problems name it, such as a file's path
   * @param text the DRL, without a byte order mark; what could be read of it where there is a fault
   * @param fault what is wrong with the file as such; the rules are refused for it
   */
  public record Source(String name, String text, Optional<RuleProblem> fault) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Leaves out a byte order mark, and all of a text of more than 1 MiB, which is a fault.
     *
     * @param name how problems name it
     * @param text the DRL, with or without a byte order mark
     * @param fault what is wrong with the file as such
     */
    public Source {
      text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      if (text.length() > LARGEST) {
        text = "";
        fault = Optional.of(new RuleProblem(Severity.ERROR, name, 0, "", TOO_LARGE));
      }
    }

    /**
     * A text that was read as it stands.
     *
     * @param name how problems name it, such as a file's path
     * @param text the DRL
     */
    public Source(String name, String text) {
      this(name, text, Optional.empty());
    }

    private static Source faulty(String name, String text, int line, String message) {
      return new Source(
          name, text, Optional.of(new RuleProblem(Severity.ERROR, name, line, "", message)));
    }
  }
}
