package dev.tourmaline.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in another place than it was built in. */
class DistributionTest {

  /** The JVM ends with an error if it cannot use the cache. */
  private static final String CACHE_REQUIRED = "-XX:AOTMode=on";

  /** Nimbus carries these under names of its own, which its version stands for. */
  private static final List<String> PACKED_INTO_OTHERS = List.of("/gson@", "/jcip-annotations@");

  private static final String ENGINE_CLASS = "dev.tourmaline.engine.internal.core.SessionCore ";

  @TempDir Path folder;

  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("some where else"));
    Path archive = Path.of(System.getProperty("tourmaline.archive"));
    Ran tar = run(List.of("tar", "-xzf", archive.toString(), "-C", elsewhere.toString()), "");
    assertThat(tar.code()).as(tar.out()).isZero();
    try (Stream<Path> unpacked = Files.list(elsewhere)) {
      home = unpacked.findFirst().orElseThrow();
    }
  }

  @Test
  void validateRunsFromTheCache() throws Exception {
    Path classes = folder.resolve("classes.txt");
    Ran ran = tourmaline(logged(classes), "validate", "--rules", "pack:billing");

    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("no problems");
    assertThat(Files.readAllLines(classes))
        .filteredOn(line -> line.contains("dev.tourmaline.engine.internal"))
        // The JVM makes the class of a lambda that the training did not come by.
        .filteredOn(line -> !line.contains("$$Lambda"))
        .isNotEmpty()
        .allMatch(line -> line.contains("source: shared objects file"));
  }

  @Test
  void replayRunsFromTheCacheAndStartsTheTour() throws Exception {
    Path events = Files.write(folder.resolve("events.jsonl"), Visit.toBilling(1_700_000_000));
    Path classes = folder.resolve("classes.txt");
    Path tours = folder.resolve("tours.jsonl");
    List<String> arguments = new ArrayList<>(List.of("replay", "--rules", "pack:billing"));
    arguments.addAll(List.of("--events", events.toString(), "--out", tours.toString()));
    Ran ran = tourmaline(logged(classes), arguments.toArray(String[]::new));

    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(Files.readAllLines(tours)).singleElement().asString().contains("tour_billing_help");
    assertThat(Files.readAllLines(classes))
        .filteredOn(line -> line.contains(ENGINE_CLASS))
        .singleElement()
        .asString()
        .contains("source: shared objects file");
  }

  @Test
  void aCacheOfAnotherJarIsFoundOut() throws Exception {
    FileTime later = FileTime.from(Instant.parse("2030-01-01T00:00:00Z"));
    Files.setLastModifiedTime(home.resolve("lib/tourmaline.jar"), later);

    assertThat(tourmaline(CACHE_REQUIRED, "--version").code()).isNotZero();
    assertThat(tourmaline("", "--version").code()).isZero();
  }

  @Test
  void theBillOfMaterialsNamesEverythingInTheProgram() throws Exception {
    Path beside = Path.of(System.getProperty("tourmaline.bill"));
    String bill = Files.readString(beside);
    assertThat(home.resolve(beside.getFileName())).hasContent(bill);
    assertThat(bill).contains("\"bomFormat\" : \"CycloneDX\"");

    List<String> bundled = new ArrayList<>();
    try (JarFile jar = new JarFile(home.resolve("lib/tourmaline.jar").toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          Properties artifact = new Properties();
          try (InputStream in = jar.getInputStream(entry)) {
            artifact.load(in);
          }
          bundled.add(
              "pkg:maven/%s/%s@%s"
                  .formatted(
                      artifact.getProperty("groupId"),
                      artifact.getProperty("artifactId"),
                      artifact.getProperty("version")));
        }
      }
    }
    assertThat(bundled)
        .hasSizeGreaterThan(20)
        .filteredOn(artifact -> PACKED_INTO_OTHERS.stream().noneMatch(artifact::contains))
        .allMatch(bill::contains);
  }

  @Test
  void theProgramStartsThroughALink() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("tourmaline"), home.resolve("bin/tourmaline"));

    Ran ran = run(List.of(link.toString(), "--version"), CACHE_REQUIRED);

    assertThat(ran.code()).as(ran.out()).isZero();
  }

  private static String logged(Path classes) {
    return CACHE_REQUIRED + " -Xlog:class+load:file=" + classes;
  }

  private Ran tourmaline(String options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/tourmaline").toString()));
    command.addAll(List.of(arguments));
    return run(command, options);
  }

  private Ran run(List<String> command, String options) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TOURMALINE_CACHE", folder.resolve("cache").toString());
    builder.environment().put("JDK_JAVA_OPTIONS", options);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    return new Ran(process.waitFor(), out);
  }

  private record Ran(int code, String out) {}
}
