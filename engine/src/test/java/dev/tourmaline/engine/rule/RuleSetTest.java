package dev.tourmaline.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.TourEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {

  private static final String RULE =
      """
      // Café
      rule "Any view" @flow("tour")
      when
          $a : Action( pageview )
      then
          tours.offer($a, "déjà vu");
      end
      """;

  @TempDir Path folder;

  private Path write(String name, String text, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(charset));
  }

  private List<String> problems() {
    return RuleBase.check(RuleSet.path(folder)).stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void aNonUtf8FileIsReportedBesideEveryOtherProblem() throws IOException {
    write("a.drl", "\n\n" + RULE.replace("Action", "Acton"), StandardCharsets.ISO_8859_1);
    write(
        "b.drl",
        RULE.replace("Any", "Other").replace("@flow(\"tour\")", ""),
        StandardCharsets.UTF_8);

    assertThat(problems())
        .satisfiesExactly(
            encoding ->
                assertThat(encoding)
                    .isEqualTo(
                        "a.drl:3: error: is not in UTF-8 from the byte 0xE9 on; save it as UTF-8"),
            fact -> assertThat(fact).startsWith("a.drl:6: error: ").contains("Acton"),
            flow -> assertThat(flow).startsWith("b.drl:2: error: ").contains("@flow"));
  }

  @Test
  void aFileInUtf16HasThatOneProblem() throws IOException {
    write("a.drl", "\uFEFF" + RULE, StandardCharsets.UTF_16LE);

    assertThat(problems())
        .containsExactly("a.drl:1: error: is not in UTF-8 from the byte 0xFF on; save it as UTF-8");
  }

  @Test
  void aCharacterThatBreaksOffIsNotUtf8() throws IOException {
    Path file = write("a.drl", RULE + "// caf\u00e9", StandardCharsets.UTF_8);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    assertThat(problems())
        .containsExactly("a.drl:8: error: is not in UTF-8 from the byte 0xC3 on; save it as UTF-8");
  }

  @Test
  void aByteOrderMarkIsAcceptedAndShiftsNoLine() throws IOException {
    Path file = write("a.drl", "\uFEFF" + RULE, StandardCharsets.UTF_8);

    assertThat(problems()).isEmpty();
    assertThat(RuleSet.path(file)).isEqualTo(RuleSet.of(file.toString(), RULE));
    write("a.drl", "\uFEFF" + RULE.replace("Action", "Acton"), StandardCharsets.UTF_8);
    assertThat(problems()).singleElement().asString().startsWith("a.drl:4: error: ");
    write("a.drl", "\uFEFFrule \"R\" when Acton() then end", StandardCharsets.UTF_8);
    assertThat(problems()).allSatisfy(problem -> assertThat(problem).startsWith("a.drl:1: "));
  }

  @Test
  void aFileThatVanishesOrMayNotBeReadIsNamed() {
    assertThat(fault(new NoSuchFileException("a.drl")))
        .isEqualTo("a.drl: error: cannot be read: there is no such file or folder");
    assertThat(fault(new AccessDeniedException("a.drl")))
        .isEqualTo("a.drl: error: cannot be read: the permission is missing for a.drl");
    assertThat(fault(new IOException("Input/output error")))
        .isEqualTo("a.drl: error: cannot be read: java.io.IOException: Input/output error");
  }

  private static String fault(IOException failure) {
    RuleSet.Content content =
        () -> {
          throw failure;
        };
    return RuleSet.read("a.drl", content).fault().orElseThrow().toString();
  }

  @Test
  void rulesWithAnUnreadableFileAreRefusedAlsoWithACache() throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("a.drl"), RULE);
    Path file = Files.writeString(rules.resolve("b.drl"), "// caf\uFFFD");
    start(rules);
    Files.write(file, "// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> start(rules))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("b.drl:1: error: is not in UTF-8");
  }

  private void start(Path rules) {
    TourEngine.builder(RuleSet.path(rules)).compileCache(folder.resolve("cache")).build().close();
  }

  @Test
  void aPlaceThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RuleSet.path(folder.resolve("ruels")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot read rules from '%s': there is no such file or folder",
            folder.resolve("ruels"));
  }
}
