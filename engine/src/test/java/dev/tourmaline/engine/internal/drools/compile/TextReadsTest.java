package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.fact.ActionText;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which texts of past actions are kept for a rule. */
class TextReadsTest {

  private static final String ALL = "all";

  @Test
  void aRuleReadsWhatItNamesOfAllItsActionsAndMakesAnIdOfWhatItOffersOn() {
    assertThat(
            reads(
                """
                when
                  $a : Action( click, title == "Pay" )
                  $b : Action( pageview, this after[0s,1m] $a )
                then tours.offer($b, ""); end
                """))
        .containsExactly("TITLE", "TITLE IDENTITY");
  }

  @Test
  void gettersAndNestedPropertiesAreReadInConditionsAndConsequences() {
    assertThat(
            reads(
                """
                when
                  $a : Action( click, $h : host )
                  Action( pageview, query contains $h, this after[0s,1m] $a )
                then tours.offer($a, "from " + $a.getRawPath() + $a.description.length()); end
                """))
        .containsExactly(
            "DESCRIPTION RAW_PATH QUERY HOST IDENTITY", "DESCRIPTION RAW_PATH QUERY HOST");
  }

  @Test
  void aQueryOfTheHistoryAboutElementsNeedsTheTitleToo() {
    assertThat(
            reads(
                "when $a : Action( elementClicksWithin(\"1m\") > 2 ) then tours.offer($a, \"\"); end"))
        .containsExactly("TITLE IDENTITY ELEMENT");
  }

  @Test
  void whatAFunctionBesideTheRuleReadsCounts() {
    assertThat(
            reads(
                """
                when $a : Action( click, wordy(fragment) ) then tours.offer($a, ""); end
                function boolean wordy(String text) { return text.length() > 3; }
                """))
        .containsExactly("FRAGMENT IDENTITY");
  }

  @Test
  void whoeverTakesAWholeActionMayReadAllOfIt() {
    assertThat(reads("when $a : Action( click ) then tours.offer($a, \"\" + $a); end"))
        .containsExactly(ALL);
    assertThat(reads("when $a : Action( click ) then insert($a); tours.offer($a, \"\"); end"))
        .containsExactly(ALL);
    assertThat(
            reads(
                "when $a : Action( com.example.Texts.fits(type) ) then tours.offer($a, \"\"); end"))
        .containsExactly(ALL);
    assertThat(reads("when $a : Action( click ) then drools.halt(); end")).containsExactly(ALL);
  }

  @Test
  void whatLeavesTheFileMayReadAll() {
    String rule = "when $a : Action( click ) then tours.offer($a, \"\"); end";
    assertThat(reads("", rule)).containsExactly("IDENTITY");
    assertThat(reads("import java.util.List\n", rule)).containsExactly("IDENTITY");
    assertThat(reads("import com.example.Texts\n", rule)).containsExactly(ALL);
    assertThat(reads("import static java.lang.Math.max\n", rule)).containsExactly(ALL);
    assertThat(reads("global java.util.List seen;\n", rule)).containsExactly(ALL);
  }

  private static List<String> reads(String rule) {
    return reads("", rule);
  }

  private static List<String> reads(String head, String rule) {
    DrlFile file =
        new DrlFile(0, new RuleSet.Source("test.drl", head + "rule \"R\" @flow(\"t\")\n" + rule));
    TextReads reads = new TextReads(file.rules.get(0));
    return FactPattern.of(file.rules.get(0)).stream()
        .map(pattern -> named(reads.of(pattern)))
        .toList();
  }

  private static String named(int bits) {
    return bits == ActionText.all()
        ? ALL
        : Arrays.stream(ActionText.values())
            .filter(text -> text.isIn(bits))
            .map(Enum::name)
            .collect(Collectors.joining(" "));
  }
}
