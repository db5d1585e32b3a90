package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.rules.RulePacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads rules from where people say they are: a folder, a file, or {@code pack:<name>}. */
public final class RuleSources {

  private static final String PACK = "pack:";
  private static final String TOURS = "tours.yaml";

  private RuleSources() {}

  /**
   * The rules of one source, or why there are none.
   *
   * @param rules the rules; none where there is a fault
   * @param fault what is wrong and what would be right
   */
  public record Result(RuleSet rules, Optional<String> fault) {}

  /**
   * {@return the rules of one source}
   *
   * @param source a folder, searched with all below it, a file, or {@code pack:<name>}
   * @param folder where relative paths start
   */
  public static Result read(String source, Path folder) {
    try {
      return source.startsWith(PACK)
          ? pack(source.substring(PACK.length()).strip())
          : path(source, inside(folder, source));
    } catch (IOException | UncheckedIOException e) {
      return fault("is '%s', which cannot be read (%s)".formatted(source, e.getMessage()));
    } catch (InvalidPathException e) {
      return fault("is '%s', which is no path".formatted(source));
    }
  }

  /**
   * {@return the rules of several sources together}
   *
   * @param sources as of {@link #read}
   * @param folder where relative paths start
   * @throws IllegalArgumentException naming what is wrong with the first source that has no rules
   */
  public static RuleSet readAll(List<String> sources, Path folder) {
    RuleSet rules = RuleSet.empty();
    for (String source : sources) {
      Result read = read(source, folder);
      if (read.fault().isPresent()) {
        throw new IllegalArgumentException(read.fault().get());
      }
      rules = rules.plus(read.rules());
    }
    return rules;
  }

  private static Result pack(String name) {
    return RulePacks.names().contains(name)
        ? new Result(RulePacks.pack(name), Optional.empty())
        : fault(
            "is 'pack:%s', but there is no such pack; %s"
                .formatted(name, Nearest.hint(name, RulePacks.names())));
  }

  private static Path inside(Path folder, String source) {
    Path path = folder.resolve(source).normalize();
    return path.toString().isEmpty() ? Path.of(".") : path;
  }

  private static Result path(String source, Path path) throws IOException {
    if (!Files.exists(path)) {
      return fault(
          "is '%s', but there is no such file or folder (%s)"
              .formatted(source, path.toAbsolutePath()));
    }
    if (isTours(path) || (Files.isDirectory(path) && holdsTours(path))) {
      return fault(
          "'%s' holds %s, which is not yet available; write the tours as rules in .drl files"
              .formatted(source, TOURS));
    }
    if (!Files.isDirectory(path) && !path.toString().endsWith(".drl")) {
      return fault("is '%s', it must be a .drl file or a folder of them".formatted(source));
    }
    RuleSet rules = RuleSet.path(path);
    return rules.sources().isEmpty()
        ? fault("is '%s', a folder without a single .drl file".formatted(source))
        : new Result(rules, Optional.empty());
  }

  private static boolean holdsTours(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(RuleSources::isTours);
    }
  }

  private static boolean isTours(Path file) {
    return file.endsWith(TOURS);
  }

  private static Result fault(String message) {
    return new Result(RuleSet.empty(), Optional.of(message));
  }
}
