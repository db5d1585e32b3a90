package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  private static final String GOOD =
      """
      rule "Good" @flow("tour_good")
      when
          $a : Action( pageview )
      then
          tours.offer($a, "good");
      end
      """;

  @TempDir Path folder;

  private final Running program = new Running();

  private void writeFiveErrors() throws IOException {
    Files.writeString(folder.resolve("a_good.drl"), GOOD);
    Files.writeString(
        folder.resolve("b_syntax.drl"),
        GOOD.replace("Good", "Syntax").replace("Action( pageview )", "Action( pageview"));
    Files.writeString(
        folder.resolve("c_field.drl"),
        GOOD.replace("Good", "Field").replace("pageview )", "pageview, colour == \"red\" )"));
    Files.writeString(folder.resolve("d_duplicate.drl"), GOOD);
    Files.writeString(
        folder.resolve("e_flow.drl"),
        GOOD.replace("Good", "Flow").replace(" @flow(\"tour_good\")", ""));
    Files.writeString(
        folder.resolve("f_consequence.drl"),
        GOOD.replace("Good", "Consequence").replace("\"good\"", "$a.colour()"));
  }

  @Test
  void fiveDifferentErrorsAreAllPrintedWithFileAndLine() throws IOException {
    writeFiveErrors();
    assertThat(program.run("validate", "--rules", folder.toString())).isEqualTo(2);
    assertThat(program.out())
        .containsPattern("b_syntax\\.drl:[34]: error: .+")
        .containsPattern("c_field\\.drl:3: error: .*colour.*")
        .containsPattern("d_duplicate\\.drl:1: error: .*Good.*")
        .containsPattern("e_flow\\.drl:1: error: .*@flow.*")
        .containsPattern("f_consequence\\.drl:5: error: .*colour.*")
        .endsWith("5 errors, 0 warnings in 6 rule files\n");
    assertThat(program.out().lines()).hasSize(6);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void goodRulesHaveNoProblems() {
    assertThat(program.run("validate", "--rules", "pack:billing")).isZero();
    assertThat(program.out()).isEqualTo("no problems in 1 rule files\n".replace("files", "file"));
  }

  @Test
  void showDrlPrintsTheRulesFileByFile() throws IOException {
    Path file = Files.writeString(folder.resolve("good.drl"), GOOD);
    assertThat(program.run("validate", "--rules", file.toString(), "--show-drl")).isZero();
    assertThat(program.out()).startsWith("// " + file + "\n" + GOOD);
  }

  @Test
  void jsonHoldsEveryProblemAndTheTotals() throws IOException {
    writeFiveErrors();
    assertThat(program.run("validate", "--rules", folder.toString(), "--format", "json"))
        .isEqualTo(2);
    JsonNode report = new ObjectMapper().readTree(program.out());
    assertThat(report.path("errors").asInt()).isEqualTo(5);
    assertThat(report.path("problems")).hasSize(5);
    JsonNode flow = report.path("problems").get(3);
    assertThat(flow.path("file").asText()).endsWith("e_flow.drl");
    assertThat(flow.path("line").asInt()).isEqualTo(1);
    assertThat(flow.path("severity").asText()).isEqualTo("error");
    assertThat(flow.path("message").asText()).contains("@flow");
  }

  @Test
  void sarifNamesFilesByUriAndLinesByRegion() throws IOException {
    Path spaced = Files.createDirectory(folder.resolve("my rules"));
    Files.writeString(spaced.resolve("e_flow.drl"), GOOD.replace(" @flow(\"tour_good\")", ""));
    assertThat(program.run("validate", "--rules", spaced.toString(), "--format", "sarif"))
        .isEqualTo(2);
    JsonNode report = new ObjectMapper().readTree(program.out());
    assertThat(report.path("version").asText()).isEqualTo("2.1.0");
    JsonNode result = report.path("runs").path(0).path("results").path(0);
    assertThat(result.path("level").asText()).isEqualTo("error");
    JsonNode place = result.path("locations").path(0).path("physicalLocation");
    assertThat(place.path("artifactLocation").path("uri").asText())
        .startsWith("file:/")
        .endsWith("my%20rules/e_flow.drl");
    assertThat(place.path("region").path("startLine").asInt()).isEqualTo(1);
  }

  @Test
  void aPlaceWithoutRulesIsAnErrorBesideThoseOfTheRules() throws IOException {
    Files.writeString(folder.resolve("e_flow.drl"), GOOD.replace(" @flow(\"tour_good\")", ""));
    assertThat(program.run("validate", "--rules", folder.toString(), "./nowhere")).isEqualTo(2);
    assertThat(program.out())
        .contains("./nowhere: error: there is no file or folder './nowhere'")
        .contains("@flow")
        .contains("2 errors");
  }

  @Test
  void aNonUtf8FileIsReportedBesideOtherErrors() throws IOException {
    writeFiveErrors();
    Files.write(
        folder.resolve("g_latin.drl"),
        "// one\n// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(program.run("validate", "--rules", folder.toString())).isEqualTo(2);
    assertThat(program.out())
        .contains("g_latin.drl:2: error: is not in UTF-8 from the byte 0xE9 on; save it as UTF-8")
        .endsWith("6 errors, 0 warnings in 7 rule files\n");
  }

  @Test
  void whatCanNeverLeadToATourUnderThePolicyIsAWarning() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("good.drl"), GOOD.replace("@flow", "@mode(\"test\") @followUp @flow"));

    assertThat(program.run("validate", "--rules", rules.toString())).isZero();

    assertThat(program.out())
        .contains("good.drl:1: warning: rule \"Good\": it is in test, and there is no segment")
        .contains("good.drl:1: warning: rule \"Good\": @followUp follows no tour")
        .endsWith("0 errors, 2 warnings in 1 rule file\n");
  }

  @Test
  void thePolicyIsThatOfTheConfigurationAndItsProduct() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("good.drl"), GOOD.replace("@flow", "@followUp @flow"));
    Path config =
        Files.writeString(
            folder.resolve("tourmaline.yaml"),
            """
            policy: {per_user_per_day: 2}
            products:
              - {id: few, policy: {per_user_per_day: 1}}
              - {id: many}
            """);

    assertThat(validate(rules, config, "many")).isEqualTo("no problems in 1 rule file\n");
    assertThat(validate(rules, config, "few")).contains("@followUp follows no tour");
    assertThat(
            program.run("validate", "--rules", rules.toString(), "--config", folder + "/none.yaml"))
        .isEqualTo(2);
    assertThat(program.err()).contains("there is no such file");
  }

  private String validate(Path rules, Path config, String product) {
    String[] command = {
      "validate", "--rules", rules.toString(), "--config", config.toString(), "--product", product
    };
    assertThat(program.run(command)).isZero();
    return program.out();
  }
}
