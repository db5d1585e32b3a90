package dev.tourmaline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.benchmarks.figure.Figure;
import dev.tourmaline.workload.FrameFile;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Scratch;
import dev.tourmaline.workload.Site;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {

  @TempDir Path folder;

  private static byte[] printed(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(Benchmarks.run(new PrintStream(out, true, UTF_8), command.split(" "))).isZero();
    return out.toByteArray();
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rate 0", "--sessions 0", "--actions -1", "--rounds 0"})
  void aFigureOfNothingIsRefused(String option) {
    String[] command = ("figures idle " + option).split(" ");
    assertThat(Benchmarks.run(System.out, command)).isEqualTo(2);
  }

  /** Figures of different versions compare only if the bytes do not change. */
  @ParameterizedTest
  @CsvSource({
    "generate --sessions 1000 --vocabulary closed,"
        + " 7f39b618c1d987971e5d5ae923573cc63e24d967556706343e00fb098357dc6c",
    "generate --sessions 300 --actions 7 --seed 1 --vocabulary closed,"
        + " c2637bb51c46a9bca380fc6a5b04677709e0db011648705f879e5f8a622fc834",
    "rules --rules 200 --vocabulary closed,"
        + " 00c2be1e67ea0a5c33d5066715229e27fcc9ae8327b3db2b6056186492877e41",
    "rules --rules 200 --style pattern --vocabulary closed,"
        + " a781a23a3a10a6a3663edeb487c0186807597cb8841f1d2742999921acc1ef8d",
    "generate --sessions 1000, c13992b5f438a3fdb11cca48e3fe85557618f8132066d8ecba24f909fc736e8c",
    "rules --rules 200, f147a21d69064ec2ff7c64870197406fda5f56133b1e591a128384e2f94c5f16"
  })
  void streamsAndRulesStayTheSameForTheSameArguments(String command, String digest)
      throws Exception {
    assertThat(digest(printed(command))).isEqualTo(digest);
  }

  @ParameterizedTest
  @EnumSource
  void framesComeInOrderOfTimeWithAllSessionsInterleaved(Vocabulary vocabulary) throws IOException {
    Set<String> begun = new HashSet<>();
    long before = 0;
    long actions = 0;
    int frames = 0;
    try (Scratch scratch = new Scratch(Optional.of(folder));
        FrameFile in = new FrameFile(scratch.file(GeneratedStream.of(100, 12, vocabulary)))) {
      while (in.next()) {
        assertThat(in.forwardedAt()).isGreaterThanOrEqualTo(before);
        before = in.forwardedAt();
        String frame = new String(in.frame(), UTF_8);
        begun.add(frame.replaceAll(".*?\"session_id\": \"([^\"]{36})\".*", "$1"));
        frames++;
        actions += in.count();
      }
    }
    assertThat(begun).hasSize(100);
    assertThat(frames).isBetween(300, 1_200);
    assertThat(actions).isBetween(1_200L, vocabulary == Vocabulary.OPEN ? 1_260L : 1_200L);
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
  void everyFigureIsACommandAndStandsInTheReadme(Figure figure) throws IOException {
    String[] command = {
      "figures", figure.toString(), "--vocabulary", "closed", "--sessions", "9", "--rate", "50"
    };
    assertThat(Benchmarks.commandLine(System.out).parseArgs(command).subcommand().errors())
        .isEmpty();
    assertThat(Files.readAllLines(Path.of("README.md")))
        .filteredOn(line -> line.startsWith("| `" + figure + "`"))
        .as("the rows of what it measures and of what it found last")
        .hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void aThirdOfTheRulesNamesNoPage(Style style) {
    assertThat(style.behaviours(60))
        .filteredOn(behaviour -> behaviour.page().isEmpty())
        .hasSize(20);
  }
}
