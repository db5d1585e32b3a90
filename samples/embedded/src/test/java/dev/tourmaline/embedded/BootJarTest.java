package dev.tourmaline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.loader.launch.JarLauncher;
import org.springframework.boot.loader.tools.CustomLoaderLayout;
import org.springframework.boot.loader.tools.Layout;
import org.springframework.boot.loader.tools.Layouts;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.LoaderClassesWriter;
import org.springframework.boot.loader.tools.Repackager;

/** An application in an executable jar of Spring Boot, whose libraries are jars within the jar. */
class BootJarTest {

  /** The line of Spring Boot whose loader is in the jar. */
  enum Line {
    BOOT_4(new Layouts.Jar()),
    BOOT_3(new OlderLoader());

    private final Layout layout;

    Line(Layout layout) {
      this.layout = layout;
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void anApplicationFindsItsRulesInsideItsExecutableJar(Line line) throws Exception {
    Path place = Files.createDirectory(folder.resolve("a b+c%20d!e"));
    Path jar = executable(place.resolve("app.jar"), line.layout);

    for (String java : javaHomes()) {
      assertThat(outputOf(java + "/bin/java", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()))
          .as("what it prints on %s", java)
          .containsExactlyInAnyOrder(
              "tour_billing_help: third visit to billing within ten minutes",
              "tour_of_help: a view of the help page");
    }
  }

  /** This JDK, and the one that {@code -Dother.java.home} names. */
  private static List<String> javaHomes() {
    String other = System.getProperty("other.java.home", "");
    String own = System.getProperty("java.home");
    return other.isEmpty() ? List.of(own) : List.of(own, other);
  }

  private List<String> outputOf(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the application ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }

  /** The application and all that its class path holds, as the build plugin packs them. */
  private Path executable(Path jar, Layout layout) throws IOException {
    List<Path> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        classPath.add(Files.isDirectory(path) ? jarOf(path, classPath.size()) : path);
      }
    }
    Repackager repackager = new Repackager(classPath.get(0).toFile());
    repackager.setMainClass(PackagedTours.class.getName());
    repackager.setLayout(layout);
    repackager.setIncludeRelevantJarModeJars(false);
    repackager.repackage(
        jar.toFile(),
        libraries -> {
          for (Path library : classPath.subList(1, classPath.size())) {
            libraries.library(new Library(library.toFile(), LibraryScope.COMPILE));
          }
        });
    return jar;
  }

  private Path jarOf(Path classes, int number) throws IOException {
    Path jar = folder.resolve("classes-" + number + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** The layout of both lines, with the loader of the older one. */
  private static final class OlderLoader extends Layouts.Jar implements CustomLoaderLayout {

    @Override
    public void writeLoadedClasses(LoaderClassesWriter writer) throws IOException {
      String place =
          JarLauncher.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      try (JarFile loader = new JarFile(place)) {
        for (JarEntry entry : Collections.list(loader.entries())) {
          if (entry.getName().endsWith(".class")) {
            try (InputStream in = loader.getInputStream(entry)) {
              writer.writeEntry(entry.getName(), in);
            }
          }
        }
      }
    }
  }
}
