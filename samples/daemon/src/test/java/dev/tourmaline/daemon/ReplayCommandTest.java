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
  void withoutPolicyEveryOfferIsALineAndRunsAreIdentical() throws IOException {
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
  void theConfigurationsPolicyDecidesAndItsRulesAreUsedWhereNoneAreNamed() throws IOException {
    Path file = eventsFarApart();
    Path config = config("policy: {once_per: always, between_tours: 0s, per_user_per_day: 2}");

    assertThat(program.run("replay", "--config", config.toString(), "--events", file.toString()))
        .as(program.err())
        .isZero();

    assertThat(program.out().lines()).hasSize(2);
    assertThat(program.err()).contains("tour_again: 3 offered, 2 triggered");
  }

  @Test
  void namedRulesStandInForThoseOfTheConfiguration() throws IOException {
    Path file = eventsFarApart();
    Path config = config("policy: {once_per: always, between_tours: 0s, per_user_per_day: 2}");
    Files.writeString(config, Files.readString(config).replace("[again.drl]", "[nowhere.drl]"));

    assertThat(
            program.run(
                "replay",
                "--rules",
                rules.toString(),
                "--config",
                config.toString(),
                "--events",
                file.toString()))
        .as(program.err())
        .isZero();

    assertThat(program.out().lines()).hasSize(2);
  }

  @Test
  void everyFaultOfTheConfigurationThatMattersIsListed() throws IOException {
    Path config = config("policy: {once_per: week, between_tours: soon}\npolcy: {}");
    Files.writeString(config, Files.readString(config).replace("[again.drl]", "[nowhere.drl]"));

    assertThat(program.run("replay", "--config", config.toString(), "--events", "nothing"))
        .isEqualTo(2);

    assertThat(program.err())
        .contains("policy.once_per: is 'week'", "policy.between_tours: is 'soon'")
        .contains("polcy: is no key here; did you mean 'policy'?")
        .contains("rules[0]: there is no file or folder 'nowhere.drl'", "--events is 'nothing'")
        .doesNotContain("products", "NOT_SET");
    assertThat(program.out()).isEmpty();
  }

  @Test
  void withoutRulesOrConfigurationThereIsNothingToReplay() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    assertThat(program.run("replay", "--events", file.toString())).isEqualTo(2);
    assertThat(program.err()).contains("add --rules PATH, or --config FILE");
  }

  @Test
  void withoutThePrefilterTheSameBytesComeOut() throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), events);
    String[] arguments = {"replay", "--rules", rules.toString(), "--events", file.toString()};
    program.run(arguments);
    Running unfiltered = new Running();
    String[] more = Arrays.copyOf(arguments, arguments.length + 2);
    more[arguments.length] = "--prefilter";
    more[arguments.length + 1] = "off";
    assertThat(unfiltered.run(more)).isZero();
    assertThat(unfiltered.out()).isEqualTo(program.out()).isNotEmpty();
  }

  /** Visits with time between them for one tour to end and the next to begin. */
  private Path eventsFarApart() throws IOException {
    Files.writeString(rules, Files.readString(rules).replace("10m", "2h"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      String path = i % 2 == 0 ? "/a" : "/b";
      lines.append(Frames.pageview("ps_1", path, START + 600 * i)).append('\n');
    }
    return Files.writeString(folder.resolve("events.jsonl"), lines);
  }

  /** A configuration whose stream needs a token that this machine does not have. */
  private Path config(String policy) throws IOException {
    return Files.writeString(
        folder.resolve("tourmaline.yaml"),
        """
        products:
          - id: prod_abc
            stream: {url: "http://127.0.0.1:9000/stream/prod_abc", token: "${NOT_SET}"}
        rules: [again.drl]
        %s
        """
            .formatted(policy));
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
