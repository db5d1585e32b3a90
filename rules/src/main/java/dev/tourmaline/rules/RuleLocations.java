package dev.tourmaline.rules;

import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules by where a configuration says they are: a folder with {@code .drl} files in it, however
 * deep; one such file; or {@code pack:NAME}, one of the {@link RulePacks}. Stateless and
 * thread-safe.
 *
 * <p>A location that names nothing is an error, so that a slip of the keyboard is no engine without
 * rules. A rule file with something wrong in it, even one that cannot be read, is none: that is
 * reported with the rules' other problems when they are compiled.
 */
public final class RuleLocations {

  private static final String PACK = "pack:";
  private static final String TOURS = "tours.yaml";

  private RuleLocations() {}

  /**
   * {@return the rules of one location}
   *
   * @param location the location; a relative path starts from the working directory
   * @throws IllegalArgumentException if it names no rules; the message says what was looked for
   */
  public static RuleSet read(String location) {
    return read(location, Path.of(""));
  }

  /**
   * {@return the rules of one location}
   *
   * @param location the location
   * @param folder where a relative path starts, such as that of the configuration file
   * @throws IllegalArgumentException if it names no rules; the message says what was looked for
   */
  public static RuleSet read(String location, Path folder) {
    if (location.startsWith(PACK)) {
      return RulePacks.pack(location.substring(PACK.length()).strip());
    }
    try {
      return path(location, folder.resolve(location).normalize());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'%s' is no path".formatted(location), e);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * {@return the rules of several locations together, in their order}
   *
   * @param locations the locations
   * @param folder where relative paths start
   * @throws IllegalArgumentException if some name no rules; the message holds every such fault
   */
  public static RuleSet readAll(List<String> locations, Path folder) {
    RuleSet rules = RuleSet.empty();
    List<String> faults = new ArrayList<>();
    for (String location : locations) {
      try {
        rules = rules.plus(read(location, folder));
      } catch (IllegalArgumentException e) {
        faults.add(e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return rules;
  }

  private static RuleSet path(String location, Path normalized) {
    Path path = normalized.toString().isEmpty() ? Path.of(".") : normalized;
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "there is no file or folder '%s' (%s)".formatted(location, path.toAbsolutePath()));
    }
    if (!Files.isDirectory(path) && !path.toString().endsWith(".drl") && !isTours(path)) {
      throw new IllegalArgumentException(
          "'%s' must be a .drl file, a folder of them, or %sNAME".formatted(location, PACK));
    }
    RuleSet rules = RuleSet.path(path);
    if (holdsTours(path)) {
      throw new IllegalArgumentException(
          "'%s' holds %s, which is not yet available; write the tours as rules in .drl files"
              .formatted(location, TOURS));
    }
    if (rules.sources().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is a folder without a single .drl file (%s)"
              .formatted(location, path.toAbsolutePath()));
    }
    return rules;
  }

  private static boolean holdsTours(Path path) {
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(RuleLocations::isTours);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read rules from '%s': %s".formatted(path, e), e);
    }
  }

  private static boolean isTours(Path file) {
    return file.endsWith(TOURS);
  }
}
