package dev.tourmaline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.benchmarks.behaviour.RuleGenerator;
import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.job.Job;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.measure.Latencies;
import dev.tourmaline.benchmarks.stream.FrameFile;
import dev.tourmaline.benchmarks.stream.Site;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchmarksTest {

  @TempDir Path folder;

  private static byte[] bytes(StreamShape shape) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StreamGenerator(shape).writeTo(out);
    return out.toByteArray();
  }

  @Test
  void theSameShapeGivesTheSameBytesAndAnotherSeedGivesOthers() throws IOException {
    StreamShape shape = StreamShape.of(50, 12);
    assertThat(bytes(shape)).isEqualTo(bytes(shape));
    assertThat(bytes(new StreamShape(50, 12, 1, 0))).isNotEqualTo(bytes(shape));
  }

  @Test
  void framesComeInOrderOfTimeWithAllSessionsInterleaved() throws IOException {
    Path file = folder.resolve("frames");
    StreamGenerator.write(StreamShape.of(100, 12), file);
    Set<String> begun = new HashSet<>();
    long before = 0;
    int frames = 0;
    try (FrameFile in = new FrameFile(file)) {
      while (in.next()) {
        assertThat(in.forwardedAt()).isGreaterThanOrEqualTo(before);
        before = in.forwardedAt();
        String frame = new String(in.frame(), UTF_8);
        begun.add(frame.replaceAll(".*?\"session_id\": \"([^\"]{36})\".*", "$1"));
        frames++;
      }
    }
    assertThat(begun).hasSize(100);
    assertThat(frames).isBetween(300, 1_200);
  }

  @Test
  void theSiteHasFourHundredPages() {
    Set<String> paths = new HashSet<>();
    for (int page = 0; page < Site.PAGES; page++) {
      paths.add(Site.path(page));
    }
    assertThat(paths).hasSize(400);
  }

  @ParameterizedTest
  @EnumSource
  void aThirdOfTheRulesNamesNoPage(Style style) {
    assertThat(RuleGenerator.behaviours(style, 60))
        .filteredOn(behaviour -> behaviour.page().isEmpty())
        .hasSize(20);
  }

  @ParameterizedTest
  @EnumSource
  void theBaselineByHandFindsAsOftenWhatTheRulesFind(Style style) throws IOException {
    Path file = folder.resolve("frames");
    StreamGenerator.write(StreamShape.of(300, 40), file);
    Values told =
        Values.none()
            .with("file", file)
            .with("style", style)
            .with("rules", 20)
            .with("lanes", 1)
            .with("policy", "off")
            .with("cache", folder.resolve("compiled"))
            .with("offers", "some");
    Values byRules = Job.REPLAY.run(told);
    Values byHand = Job.PLAIN.run(told);
    assertThat(byRules.text("actions")).isEqualTo("12000").isEqualTo(byHand.text("actions"));
    assertThat(byRules.number("offers")).isGreaterThan(50).isEqualTo(byHand.number("offers"));
  }

  @ParameterizedTest
  @EnumSource
  void rulesThatNeverOfferDoNot(Style style) throws IOException {
    Path file = folder.resolve("frames");
    StreamGenerator.write(StreamShape.of(50, 40), file);
    Values told =
        Values.none()
            .with("file", file)
            .with("style", style)
            .with("rules", 15)
            .with("lanes", 1)
            .with("policy", "off")
            .with("cache", folder.resolve("compiled"))
            .with("offers", "none");
    assertThat(Job.REPLAY.run(told).number("offers")).isZero();
  }

  @Test
  void quantilesAreAtMostOneThirtySecondTooLarge() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 10_000; i++) {
      latencies.add(i * 1_000L);
    }
    assertThat(latencies.quantile(0.5)).isBetween(5_000_000L, 5_200_000L);
    assertThat(latencies.quantile(0.999)).isBetween(9_990_000L, 10_400_000L);
  }

  @Test
  void aLoadPrintsItsTable() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        Benchmarks.run(
            new PrintStream(out, true, UTF_8),
            ("load --sessions 40 --actions 12 --rules 6 --style step --lanes 2"
                    + " --rate 2000 --seconds 0.2")
                .split(" "));
    assertThat(exit).isZero();
    assertThat(out.toString(UTF_8))
        .contains("actions/s", "p99.9", "live session", "sleeping session", "CPU while idle")
        .contains("every token read", "plain Java by hand");
  }
}
