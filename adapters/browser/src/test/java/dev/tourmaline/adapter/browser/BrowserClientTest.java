package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrowserClientTest {

  private static final String MODULE = text(BrowserClient.module());
  private static final String SCRIPT = text(BrowserClient.script());

  @Test
  void theModuleExportsConnectAndProvidersAndImportsNothing() {
    assertThat(MODULE)
        .endsWith(
            "export default Tourmaline;\n"
                + "export const { connect, providers, tours } = Tourmaline;\n")
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
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(BrowserClient.PARTS);
    }
    for (String part : BrowserClient.PARTS) {
      List<String> imported =
          Pattern.compile("from '([^']+)'")
              .matcher(Files.readString(folder.resolve(part)))
              .results()
              .map(match -> BrowserClient.resolved(part, match.group(1)))
              .toList();
      assertThat(BrowserClient.PARTS.subList(0, BrowserClient.PARTS.indexOf(part)))
          .as("what comes before " + part)
          .containsAll(imported);
    }
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
        .containsExactlyInAnyOrder("type", "product_id", "session_id");
    assertThat(MODULE).contains("{ id, flow_id: flowId, session_id: session } = trigger");
    assertThat(MODULE).contains("'usertour_trigger'");
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
