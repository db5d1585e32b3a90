package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private final Running program = new Running();

  @Test
  void helpNamesEveryCommandTheExitCodesAndWhereToBegin() {
    assertThat(program.run("--help")).isZero();
    assertThat(program.out())
        .contains("demo", "run", "replay", "validate", "register", "explain", "stats", "object")
        .contains("0   all went well", "1   it failed", "2   the input is wrong")
        .contains("tourmaline demo", "tourmaline run --config tourmaline.yaml");
    assertThat(program.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"demo", "run", "replay", "validate", "register", "explain", "stats", "object"})
  void everyCommandExplainsItselfWithExamplesAndExitCodes(String command) {
    assertThat(program.run(command, "--help")).isZero();
    assertThat(program.out()).contains("Examples:", "  tourmaline " + command, "Exit codes:");
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(program.run("--version")).isZero();
    assertThat(program.out()).startsWith("tourmaline ").doesNotContain("${").contains("Java ");
  }

  @Test
  void withoutACommandItSaysSo() {
    assertThat(program.run()).isEqualTo(2);
    assertThat(program.err()).contains("a command is missing", "'tourmaline --help' explains");
  }

  @Test
  void anUnknownCommandOrOptionIsAnsweredWithTheNearestOne() {
    assertThat(program.run("validat")).isEqualTo(2);
    assertThat(program.err()).contains("validat", "did you mean").contains("'validate'?");
    Running other = new Running();
    assertThat(other.run("validate", "--ruls", "x")).isEqualTo(2);
    assertThat(other.err()).contains("--ruls", "did you mean --rules");
  }

  @Test
  void allFaultsOfTheInputAreReportedTogether() {
    assertThat(
            program.run(
                "replay",
                "--rules",
                "./nowhere",
                "pack:billng",
                "--policy",
                "perhaps",
                "--lanes",
                "0",
                "--events",
                "./nothing.jsonl",
                "--out",
                "./no/where.jsonl",
                "--colour"))
        .isEqualTo(2);
    assertThat(program.err())
        .contains("there is no file or folder './nowhere'")
        .contains("did you mean 'billing'?")
        .contains("--policy", "perhaps")
        .contains("--lanes is 0, it must be from 1 to 1024")
        .contains("'./nothing.jsonl', which is no file")
        .contains("'./no/where.jsonl', but there is no folder")
        .contains("--colour")
        .contains("'tourmaline replay --help' explains.");
    assertThat(program.out()).isEmpty();
  }

  @Test
  void missingOptionsAreNamed() {
    assertThat(program.run("replay")).isEqualTo(2);
    assertThat(program.err()).contains("--rules", "--events").containsOnlyOnce("missing required");
    Running other = new Running();
    assertThat(other.run("validate")).isEqualTo(2);
    assertThat(other.err()).contains("missing required option: '--rules=PATH'");
  }

  @Test
  void whatIsNoCommandIsAnsweredWithThoseThatThereAre() {
    assertThat(program.run("frobnicate")).isEqualTo(2);
    assertThat(program.err())
        .contains("there is no command 'frobnicate'; there are demo, run, replay");
  }

  @Test
  void aWordTooManyAndAValueOfAnotherKindAreNamed() {
    assertThat(program.run("demo", "now", "--port", "abc", "--log", "xml")).isEqualTo(2);
    assertThat(program.err())
        .contains("'now' is one word too many")
        .contains("--port is 'abc', it must be a whole number")
        .contains("--log is 'xml', it must be text or json");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(program.run("help", "replay")).isZero();
    assertThat(program.out()).contains("Usage: tourmaline replay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "test", "watch", "canary", "forget"})
  void whatIsOnTheRoadmapIsNoCommandYet(String command) {
    assertThat(program.run(command, "--config", "x", "y")).isEqualTo(2);
    assertThat(program.err())
        .contains("there is no command '" + command + "'")
        .contains("'tourmaline --help' explains.");
  }
}
