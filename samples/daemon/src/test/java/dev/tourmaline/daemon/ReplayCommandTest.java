package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

  private static final long START = 1_700_000_000;
  private static final String LINE =
      "{\"type\":\"usertour_trigger\",\"product_id\":\"prod_abc\",\"session_id\":\"ps_1\","
          + "\"flow_id\":\"tour_again\",\"id\":\"";

  @TempDir Path folder;

  private final Running program = new Running();
  private Path rules;
  private byte[] events;

  @BeforeEach
  void write() throws IOException {
    rules =
        Files.writeString(
            folder.resolve("again.drl"),
            """
            rule "Again" @flow("tour_again")
            when
                $a : Action( pageview, visitsWithin("10m") >= 3 )
            then
                tours.offer($a, "again");
            end
            """);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      lines.append(Frames.pageview("ps_1", i % 2 == 0 ? "/a" : "/b", START + i)).append('\n');
    }
    lines.append("this is no frame\n");
    events = lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileIsReplayedAndSummedUpOnStandardError() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    assertThat(program.run("replay", "--rules", rules.toString(), "--events", file.toString()))
        .isZero();
    assertThat(program.out().lines())
        .singleElement()
        .asString()
        .startsWith(LINE)
        .endsWith("\"rule\":\"Again\",\"reason\":\"again\",\"at\":1700000004.0}");
    assertThat(program.err())
        .containsPattern("frames +8\n")
        .containsPattern("actions +7\n")
        .containsPattern("sessions +1\n")
        .containsPattern("rejected +1 \\(malformed json 1\\)\n")
        .containsPattern("late +0\n")
        .containsPattern("repeats +0\n")
        .containsPattern("offers +3\n")
        .containsPattern("triggers +1\n")
        .containsPattern("time .* actions per second; .* compile the rules\n")
        .contains("tour_again: 3 offered, 1 triggered")
        .doesNotContain("\r");
  }

  @Test
  void withThePolicyOffEveryOfferIsALineAndEveryRunGivesTheSameBytes() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    String[] arguments = {
      "replay", "--rules", rules.toString(), "--events", file.toString(), "--policy", "off"
    };
    assertThat(program.run(arguments)).isZero();
    assertThat(program.out().lines()).hasSize(3);
    assertThat(program.err()).contains("policy is off", "tour_again: 3 offered\n");
    Running again = new Running();
    again.run(arguments);
    assertThat(again.out()).isEqualTo(program.out());
  }

  @Test
  void standardInputMayBeGzipAndTheLinesMayGoToAFile() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(events);
    }
    Path out = folder.resolve("out.jsonl");
    assertThat(
            program
                .input(zipped.toByteArray())
                .run(
                    "replay",
                    "--rules",
                    rules.toString(),
                    "--events",
                    "-",
                    "--out",
                    out.toString(),
                    "--lanes",
                    "2"))
        .isZero();
    assertThat(Files.readAllLines(out)).hasSize(1);
    assertThat(program.out()).isEmpty();
  }

  @Test
  void gzipThatBreaksOffIsWrongInput() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(events);
    }
    Path file =
        Files.write(
            folder.resolve("half.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2));
    assertThat(program.run("replay", "--rules", rules.toString(), "--events", file.toString()))
        .isEqualTo(2);
    assertThat(program.err()).contains("half.gz', whose gzip data is damaged or breaks off");
  }

  @Test
  void onATerminalABarShowsTheProgressAndIsTakenAway() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    program.onTerminal().run("replay", "--rules", rules.toString(), "--events", file.toString());
    assertThat(program.err()).contains("\r[").containsPattern("\r +\rframes");
  }

  @Test
  void rulesWithErrorsAreWrongInput() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    Files.writeString(rules, "rule \"Again\" when Acton() then end\n");
    assertThat(program.run("replay", "--rules", rules.toString(), "--events", file.toString()))
        .isEqualTo(2);
    assertThat(program.err()).contains("again.drl:1: error:");
    assertThat(program.out()).isEmpty();
  }
}
