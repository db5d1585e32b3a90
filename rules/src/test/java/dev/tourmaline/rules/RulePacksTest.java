package dev.tourmaline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.rules.ExampleSession.ExpectedOffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulePacksTest {

  static List<String> packs() {
    return RulePacks.names();
  }

  @TestFactory
  Stream<DynamicTest> everySessionInARuleFilesCommentDoesWhatTheCommentSays() {
    return RulePacks.names().stream()
        .flatMap(pack -> RulePacks.pack(pack).sources().stream())
        .flatMap(
            source ->
                ExampleSession.readFrom(source.text()).stream()
                    .map(
                        session ->
                            DynamicTest.dynamicTest(
                                source.name() + ": " + session.title(),
                                () -> assertDoesWhatItSays(source, session))));
  }

  private static void assertDoesWhatItSays(RuleSet.Source source, ExampleSession session)
      throws IOException {
    assertThat(offers(RuleSet.of(source.name(), source.text()), session))
        .containsExactlyElementsOf(session.expected());
  }

  @ParameterizedTest
  @MethodSource("packs")
  void everyRuleFileShowsAMatchingAndANonMatchingSession(String pack) {
    assertThat(RulePacks.pack(pack).sources())
        .isNotEmpty()
        .allSatisfy(
            source -> {
              List<ExampleSession> sessions = ExampleSession.readFrom(source.text());
              assertThat(source.text()).startsWith("// Recognises: ");
              assertThat(sessions).extracting(ExampleSession::fires).contains(true, false);
              assertThat(sessions)
                  .allSatisfy(s -> assertThat(s.expected().isEmpty()).isEqualTo(!s.fires()));
            });
  }

  @ParameterizedTest
  @MethodSource("packs")
  void everyRuleOfAFileIsTriggeredByOneOfItsSessions(String pack) {
    assertThat(RulePacks.pack(pack).sources())
        .allSatisfy(
            source -> {
              List<String> rules =
                  source
                      .text()
                      .lines()
                      .filter(line -> line.startsWith("rule \""))
                      .map(line -> line.substring(6, line.lastIndexOf('"')))
                      .toList();
              assertThat(ExampleSession.readFrom(source.text()))
                  .flatExtracting(ExampleSession::expected)
                  .extracting(ExpectedOffer::rule)
                  .containsAll(rules);
            });
  }

  @Test
  void allPacksTogetherHaveNoProblem() {
    RuleSet all =
        RulePacks.names().stream().map(RulePacks::pack).reduce(RuleSet.empty(), RuleSet::plus);

    assertThat(RuleBase.check(all)).isEmpty();
  }

  @Test
  void everyRuleFileOfThisModuleIsInThePackOfItsFolder() {
    ClassLoader loader = RulePacks.class.getClassLoader();

    assertThat(RulePacks.names())
        .isSorted()
        .flatMap(name -> RulePacks.pack(name).sources())
        .as("the files that RulePacks lists")
        .isEqualTo(RuleSet.resources(loader, "packs").sources());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> RulePacks.pack("navigatoin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no rule pack 'navigatoin'; did you mean 'navigation'?"
                + " Packs are billing, frustration, hesitation, navigation.");
    assertThatThrownBy(() -> RulePacks.pack("checkout"))
        .hasMessage(
            "there is no rule pack 'checkout'."
                + " Packs are billing, frustration, hesitation, navigation.");
  }

  @ParameterizedTest
  @MethodSource("packs")
  void aPackIsSuggestedForEachNameThatIsALetterOff(String pack) {
    for (int i = 0; i < pack.length(); i++) {
      String without = pack.substring(0, i) + pack.substring(i + 1);
      assertThatThrownBy(() -> RulePacks.pack(without))
          .hasMessageContaining("did you mean '%s'?", pack);
    }
    assertThatThrownBy(() -> RulePacks.pack(pack.toUpperCase(Locale.ROOT)))
        .hasMessageContaining("did you mean '%s'?", pack);
  }

  private static List<ExpectedOffer> offers(RuleSet rules, ExampleSession session)
      throws IOException {
    List<ExpectedOffer> offers = new ArrayList<>();
    Replay.builder(rules)
        .withoutPolicy()
        .lanes(1)
        .build()
        .run(
            new ByteArrayInputStream(session.frames()),
            offer ->
                offers.add(
                    new ExpectedOffer(
                        offer.rule(), Duration.between(ExampleSession.BEGIN, offer.at()))));
    return offers;
  }
}
