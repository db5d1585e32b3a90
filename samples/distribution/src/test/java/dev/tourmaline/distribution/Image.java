package dev.tourmaline.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The folder that is archived: a Java runtime with the modules that the program needs, the program,
 * and the AOT cache (JEP 483, JEP 514) of the classes that it loads until its first tour. The cache
 * holds for this runtime and this jar, down to the time of the jar's last change, in any place.
 */
final class Image {

  /** What the program loads by name alone, which jdeps does not see. */
  private static final List<String> LOADED_BY_NAME = List.of("jdk.zipfs");

  private Image() {}

  public static void main(String[] arguments) throws Exception {
    Path image = Path.of(arguments[0]);
    Path program = Path.of(arguments[1]);
    delete(image);
    Path runtime = image.resolve("runtime");
    run(
        "jlink",
        "--add-modules",
        String.join(",", LOADED_BY_NAME) + "," + modules(program),
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        runtime.toString());
    Path jar = Files.createDirectories(image.resolve("lib")).resolve("tourmaline.jar");
    Files.copy(program, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse(arguments[2])));
    Training.of(runtime.resolve("bin/java"), jar).into(image.resolve("lib/tourmaline.aot"));
  }

  private static String modules(Path program) {
    return run(
            "jdeps",
            "--multi-release",
            String.valueOf(Runtime.version().feature()),
            "--ignore-missing-deps",
            "--print-module-deps",
            program.toString())
        .strip();
  }

  /** {@return what the tool printed} */
  private static String run(String tool, String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter lines = new PrintWriter(out);
    int code = ToolProvider.findFirst(tool).orElseThrow().run(lines, lines, arguments);
    if (code != 0) {
      throw new IllegalStateException(tool + " failed: " + out);
    }
    return out.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
