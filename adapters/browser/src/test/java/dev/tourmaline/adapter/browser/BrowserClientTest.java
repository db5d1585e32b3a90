package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserClientTest {

  private static final String MODULE = text(BrowserClient.module());
  private static final String SCRIPT = text(BrowserClient.script());

  @Test
  void theModuleExportsConnectAndProvidersAndImportsNothing() {
    assertThat(MODULE)
        .endsWith("export default Tourmaline;\nexport const { connect, providers } = Tourmaline;\n")
        .doesNotContainPattern("(?m)^\\s*import\\b");
    assertThat(Pattern.compile("(?m)^export ").matcher(MODULE).results()).hasSize(2);
  }

  @Test
  void thePlainScriptDefinesOneGlobalAndHoldsTheSameCode() {
    assertThat(SCRIPT)
        .startsWith("(() => {\n")
        .endsWith("globalThis.Tourmaline = Tourmaline;\n})();\n")
        .doesNotContainPattern("(?m)^\\s*(import|export)\\b")
        .contains(MODULE.substring(0, MODULE.indexOf("export default")));
  }

  @Test
  void everyFileOfTheClientIsJoinedAfterThoseThatItImports()
      throws IOException, URISyntaxException {
    Path folder =
        Path.of(BrowserClient.class.getResource("/dev/tourmaline/browser/client.js").toURI())
            .getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(BrowserClient.PARTS);
    }
    for (String part : BrowserClient.PARTS) {
      List<String> imported =
          Pattern.compile("from '\\./([^']+)'")
              .matcher(Files.readString(folder.resolve(part)))
              .results()
              .map(match -> match.group(1))
              .toList();
      assertThat(BrowserClient.PARTS.subList(0, BrowserClient.PARTS.indexOf(part)))
          .as("what comes before " + part)
          .containsAll(imported);
    }
  }

  @Test
  void noNameIsDefinedTwiceWhenTheFilesAreJoined() {
    assertThat(
            Pattern.compile("(?m)^(?:async )?(?:const|let|function|class) (\\w+)")
                .matcher(MODULE)
                .results()
                .map(match -> match.group(1)))
        .doesNotHaveDuplicates()
        .contains("connect", "providers", "Client", "claim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "usertour      | usertour      | sdk.start(id)",
        "userflow      | userflow      | sdk.start(id)",
        "userpilot     | userpilot     | sdk.trigger(id)",
        "appcues       | Appcues       | sdk.show(id)",
        "pendo         | pendo         | sdk.showGuideById(id)",
        "chameleon     | chmln         | sdk.show(id)",
        "userguiding   | userGuiding   | sdk.previewGuide(id)",
        "intercom      | Intercom      | sdk('startTour', numeric(id))",
        "jimo          | jimo          | sdk.push(['do', 'boosted:trigger', [{ evolutionId: id }]])",
        "usetiful      | USETIFUL      | sdk.tour.start(id)",
        "productfruits | productFruits | sdk.api.tours.tryStartTour(id)",
        "posthog       | posthog       | sdk.productTours.showProductTour(id)",
      })
  void aProviderIsCalledByItsOwnName(String name, String global, String call) {
    String table = MODULE.substring(MODULE.indexOf("const providers = {"));
    List<String> entries =
        Pattern.compile(
                "(?s)^  " + name + ": \\{\\s*global: '" + global + "',\\s*start: (.*?),?\\s*\\},$",
                Pattern.MULTILINE)
            .matcher(table)
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(entries).singleElement().asString().contains(call);
  }

  @Test
  void aTriggerIsReadFromFourKeysAndTheEventId() {
    assertThat(
            Pattern.compile("trigger\\.(\\w+)")
                .matcher(MODULE)
                .results()
                .map(match -> match.group(1))
                .filter(key -> !key.equals("id"))
                .distinct())
        .containsExactlyInAnyOrder("type", "product_id", "session_id", "flow_id");
    assertThat(MODULE).contains("'usertour_trigger'");
  }

  @Test
  void everyOutcomeOfTheContractIsReported() {
    assertThat(MODULE)
        .contains("report('shown')")
        .contains("report('running')")
        .contains("report('step', number)")
        .contains("end('completed')")
        .contains("end('dismissed')")
        .contains("end('failed')");
  }

  @Test
  void filesAreFoundByNameAndNobodyCanChangeThem() {
    assertThat(BrowserClient.file("tourmaline.js")).hasValue(BrowserClient.module());
    assertThat(BrowserClient.file("tourmaline.global.js")).hasValue(BrowserClient.script());
    assertThat(BrowserClient.file("client.js")).isEmpty();
    BrowserClient.module()[0] = 'x';
    assertThat(text(BrowserClient.module())).isEqualTo(MODULE);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
