package dev.tourmaline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether anybody who builds the published jars gets the bytes that were published. */
class ReproducibleJarsTest {

  private static final Path TOP = Path.of("").toAbsolutePath().getParent().getParent();
  private static final Set<String> NO_SOURCES = Set.of("target", ".git", ".idea");

  /** There, every build is a first one; elsewhere classes and folders outlive their sources. */
  private static final boolean ON_A_BUILD_MACHINE = System.getenv("CI") != null;

  @TempDir Path copy;

  @Test
  @Timeout(540)
  void aBuildElsewhereInAnotherTimeZoneGivesTheSameJars() throws Exception {
    copySources();
    build();

    for (PublishedJar published : PublishedJar.all()) {
      Path again = copy.resolve(TOP.relativize(published.jar()));
      if (Files.mismatch(published.jar(), again) >= 0) {
        compare(published.jar(), again);
      }
    }
  }

  private static void compare(Path jar, Path again) throws IOException {
    List<String> expected = entries(again);
    List<String> found = entries(jar);
    List<String> leftOver = new ArrayList<>(found);
    leftOver.removeAll(expected);
    found.removeAll(leftOver);
    if (!ON_A_BUILD_MACHINE && !leftOver.isEmpty() && found.equals(expected)) {
      System.err.printf("%s holds what an earlier build left: %s%n", jar, leftOver);
      return;
    }
    List<String> different = new ArrayList<>(expected);
    different.removeAll(found);
    different.addAll(leftOver);
    assertThat(different)
        .as("entries of %s that a second build, in another folder, made differently", jar)
        .isEmpty();
    fail("%s: other bytes around the same entries than in a second build", jar);
  }

  private void copySources() throws IOException {
    Files.walkFileTree(
        TOP,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NO_SOURCES.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(TOP.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, copy.resolve(TOP.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void build() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    String mvn = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    command.add(Path.of(System.getProperty("maven.home"), "bin", mvn).toString());
    command.addAll(List.of("-B", "-q", "-o", "package"));
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
    // Whatever repository the first build had its plugins from, here they are at hand.
    command.add("-Daether.enhancedLocalRepository.trackingFilename=none");
    command.addAll(List.of("-Dmaven.test.skip", "-Dspotless.check.skip", "-Denforcer.skip"));
    command.addAll(List.of("-am", "-pl", String.join(",", modules())));
    ProcessBuilder builder = new ProcessBuilder(command).directory(copy.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TZ", "Pacific/Chatham");
    Path log = copy.resolve("build.log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor()).as(() -> text(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> modules() {
    return PublishedJar.all().stream()
        .map(published -> TOP.relativize(published.module()).toString())
        .toList();
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream()
          .map(entry -> "%s %08x %s".formatted(entry, entry.getCrc(), entry.getTime()))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static String text(Path log) {
    try {
      return "the second build failed:\n" + Files.readString(log);
    } catch (IOException e) {
      return "the second build failed, and its log cannot be read: " + e;
    }
  }
}
