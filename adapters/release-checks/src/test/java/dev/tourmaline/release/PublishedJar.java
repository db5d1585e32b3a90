package dev.tourmaline.release;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jar that a module publishes, as the build has just packaged it, with the folder of that
 * module.
 */
record PublishedJar(String artifact, Path jar, Path module) {

  private static final Pattern NAME = Pattern.compile("(tourmaline(-[a-z]+)+)-\\d.*\\.jar");

  /** Those that this module's pom depends on. */
  static List<PublishedJar> all() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .flatMap(PublishedJar::of)
        .toList();
  }

  private static Stream<PublishedJar> of(Path jar) {
    Matcher name = NAME.matcher(jar.getFileName().toString());
    return name.matches()
        ? Stream.of(new PublishedJar(name.group(1), jar, jar.getParent().getParent()))
        : Stream.empty();
  }
}
