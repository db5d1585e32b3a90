package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxRecoveryTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '^',
      textBlock =
          """
          path == “/billing” :: “/billing” has typographic quotes; write straight ones: "/billing"
          path == “it’s” :: “it’s” has typographic quotes; write straight ones: "it’s"
          path == ‘/billing’ :: ‘/billing’ has typographic quotes; write straight ones: "/billing"
          path == «/billing» :: write straight ones: "/billing"
          path == `/billing` :: write straight ones: "/billing"
          path == “/billing" :: write straight ones: "/billing"
          pageview,\u00a0click :: an invisible character (U+00A0) stands here; delete it
          pageview\u200b, click :: an invisible character (U+200B) stands here; delete it
          pageview … click :: '…' is not expected here; such characters stand in quotes only
          visitsWithin("1h") =< 3 :: '=<' does not compare; write '<='
          visitsWithin("1h") => 3 :: '=>' does not compare; write '>='
          visitsWithin("1h") ≥ 3 :: '≥' does not compare; write '>='
          visitsWithin("1h") &gt;= 3 :: '&gt;=' is written '>='
          path <> "/a" :: '<>' does not compare; write '!='
          path !== "/a" :: '!==' does not compare; write '!='
          path === "/a" :: '===' does not compare; write '=='
          path := "/a" :: ':=' does not compare; write '=='
          path = "/a" :: '=' does not compare; write '=='
          path is "/a" :: 'is' does not compare; write '=='
          (path is not "/a") :: 'is not' does not compare; write '!='
          path startsWith "/a" :: 'startsWith' does not compare; write 'str[startsWith]'
          path like "/a%" :: 'like' is not known here; values are compared by ==, !=
          path in "/a", "/b" :: 'in' takes its values in parentheses, such as path in ("/a", "/b")
          path.contains "/a" :: 'contains' takes its value in parentheses: contains("/a")
          pageview and path == "/a" :: inside a pattern, 'and' is written '&&'
          click OR submit :: inside a pattern, 'OR' is written '||'
          click | submit :: inside a pattern, '|' is written '||'
          pageview &amp;&amp; click :: '&amp;&amp;' is written '&&'
          pageview; path == "/a" :: conditions are separated by commas, not by ';'
          pageview, not submittedWithin("1h") :: inside a pattern, negation is written '!'
          pageview && not path == "/a" :: inside a pattern, negation is written '!( ... )'
          !path == "/a" :: '!' negates a truth, and 'path' is none; write '!=', or '!( ... )'
          pageview == False :: 'False' is written 'false'
          pageview == yes :: 'yes' is written 'true'
          path == None :: 'None' is written '""'
          path == /billing/plans :: text needs quotes: "/billing/plans"
          onPath(/settings/**) :: text needs quotes: "/settings/**"
          visitsWithin(10m) >= 3 :: a duration needs quotes: "10m"
          secondsOnPage > 2m :: '2m' is a duration, and a number is expected; in seconds it is 120
          3 < visitsWithin("1h") < 5 :: a condition compares once; write two, joined by a comma
          action.path == "/a" :: 'action' is not known here; a fact's own words stand alone
          path matches "/a/**" :: "/a/**" is no regular expression
          path matches "(" :: "(" is no regular expression (Unclosed group)
          "60s" :: '"60s"' alone is no condition
          """)
  void aSlipInsideAPatternIsExplained(String constraints, String message) {
    assertOnlyProblem(rule("Action( " + constraints + " )", "tours.offer($a, \"x\");"), 3, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '^',
      textBlock =
          """
          Action[ click ] :: conditions stand in parentheses: Action( ... )
          Action click :: conditions stand in parentheses: Action( ... )
          Action( click ) exist( Action( submit ) ) :: no fact 'exist'; did you mean 'exists'?
          Action( click ) Action( submit, this after(0s,1m) $a ) :: 'after' takes brackets
          Action( click ) Action( submit, this after[0s,"1m"] $a ) :: without quotes: 1m
          """)
  void aSlipAroundAPatternIsExplained(String pattern, String message) {
    assertOnlyProblem(rule(pattern, "tours.offer($a, \"x\");"), 3, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '^',
      textBlock =
          """
          tours.offer($a, “third visit”); :: write straight ones: "third visit"
          tours.offer($a, 'third visit'); :: text stands in double quotes: "third visit"
          tours.offer($a, 'x'); :: not (Action, char); write tours.offer($a, "why")
          offer($a, "x"); :: 'offer' belongs to 'tours'; write tours.offer($a, "why")
          { tours.offer($a, "x"); :: '{' is never closed
          tours.offer($a, "x"; :: '(' is never closed
          if ($a.getPath() = "/a") tours.offer($a, "x"); :: '=' does not compare; write '=='
          """)
  void aSlipBehindThenIsExplained(String consequence, String message) {
    assertOnlyProblem(rule("Action( click )", consequence), 5, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '^',
      textBlock =
          """
          rule “R” @flow("f") | when :: 1 :: “R” has typographic quotes
          rule Billing revisited @flow("f") | when :: 1 :: name needs quotes: "Billing revisited"
          rule "R" flow("f") | when :: 1 :: write it as @flow(...)
          rule "R" @flow = "f" | when :: 1 :: write it as @flow("f")
          rule "R" @flow("f") @priority 80 | when :: 1 :: write it as @priority(80)
          rule "R" @Flow("f") | when :: 1 :: unknown annotation @Flow; did you mean 'flow'?
          Rule "R" @flow("f") | when :: 1 :: 'Rule' is written 'rule'
          rule "R" @flow("f") | WHEN :: 2 :: 'WHEN' is written 'when'
          rule "R" @flow("f") | when: :: 2 :: no ':' stands behind 'when'
          # it's ours | rule "R" @flow("f") when :: 1 :: a comment begins with //
          -- it's ours | rule "R" @flow("f") when :: 1 :: a comment begins with //
          """)
  void aSlipInARulesHeadIsExplained(String head, int line, String message) {
    String drl = "%s\n$a : Action( click )\nthen\ntours.offer($a, \"x\");\nend\n";
    assertOnlyProblem(drl.formatted(head.replace(" | ", "\n")), line, message);
  }

  @Test
  void aSlipHidesNoOtherFaultOfItsRule() {
    String drl =
        """
        rule “R”
        when
            $a : Action( pageview and pth == “/a”,
                         visitsWithin("10 minutes") =< 3,
                         path == $q )
        then
            tours.offr($a, “x”);
        end
        """;
    assertThat(RuleBase.check(RuleSet.of("r.drl", drl)))
        .allMatch(problem -> problem.rule().equals("R"))
        .extracting(RuleProblem::line, problem -> problem.message().split("[;:]")[0])
        .containsExactly(
            tuple(1, "“R” has typographic quotes"),
            tuple(1, "no @flow"),
            tuple(3, "“/a” has typographic quotes"),
            tuple(3, "inside a pattern, 'and' is written '&&'"),
            tuple(3, "Action has no property 'pth'"),
            tuple(4, "'=<' does not compare"),
            tuple(4, "\"10 minutes\" is no duration for 'visitsWithin'"),
            tuple(5, "'$q' is bound nowhere in the rule"),
            tuple(7, "“x” has typographic quotes"),
            tuple(7, "Tours has no method 'offr' that takes (Action, String)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title == \"“x”, 'y' and #1\" /* “x” and # */",
        "(at & 1) == 0, secondsOnPage > 10d",
        "path.contains(\"/a\"), title.length > 3",
        "java.lang.Math.max(1, secondsOnPage) > 1",
        "fragment == \"#a\", userId == 'it is'",
        "path not in (\"/a\", \"/b\"), title not matches \"x\"",
      })
  void whatIsRightIsNotTakenForASlip(String constraints) {
    String drl = rule("Action( " + constraints + " ) // it's “x”", "tours.offer($a, \"it's\");");
    assertThat(RuleBase.check(RuleSet.of("r.drl", drl))).isEmpty();
  }

  @Test
  void aPathComparedWithStarsIsAWarning() {
    String drl = rule("Action( path == \"/a/**\" )", "tours.offer($a, \"x\");");
    assertThat(RuleBase.check(RuleSet.of("r.drl", drl)))
        .extracting(RuleProblem::severity, RuleProblem::message)
        .containsExactly(
            tuple(
                RuleProblem.Severity.WARNING,
                "'path' is compared with \"/a/**\" letter by letter; for all such pages write"
                    + " onPath(\"/a/**\")"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import dev.tourmaline.engine.internal.live.SystemThreads;\n",
        "import dev.tourmaline.engine.internal.*;\n",
        "import static dev.tourmaline.engine.internal.live.SystemThreads.x;\n",
        "function void f() { dev.tourmaline.engine.internal.A.b(); }\n",
      })
  void anImportOrFunctionThatNamesTheEnginesOwnIsRefused(String header) {
    assertNamesInternals(header + rule("Action( click )", "tours.offer($a, \"x\");"), 1, "");
  }

  @Test
  void aRuleThatNamesTheEnginesOwnIsRefused() {
    String named = "dev.tourmaline.engine.internal.live.SystemThreads";
    assertNamesInternals(
        rule("Action( " + named + ".x() == 1 )", "tours.offer($a, \"x\");"), 3, "R");
    assertNamesInternals(rule("Action( click )", named + ".x(); tours.offer($a, \"x\");"), 5, "R");
    assertNamesInternals(
        rule("Action( click )", "Class.forName(\"" + named + "\"); tours.offer($a, \"\");"),
        5,
        "R");
  }

  @Test
  void aRegexIsCheckedWhereverItStands() {
    String pattern = "Action( click ) String( length > 1,\n this not matches \"(\" ) from $a.path";
    assertOnlyProblem(rule(pattern, "tours.offer($a, \"x\");"), 4, "Unclosed group");
    String query = "query \"q\" ( String t )\n  Action( title == t || matches \"[\" )\nend\n";
    assertOnlyProblem(
        query + rule("Action( click )", "tours.offer($a, \"x\");"), 2, "Unclosed character class");
  }

  private static void assertNamesInternals(String drl, int line, String rule) {
    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", drl));
    assertThat(problems)
        .filteredOn(p -> p.message().startsWith("dev.tourmaline.engine.internal is the engine's"))
        .extracting(RuleProblem::severity, RuleProblem::line, RuleProblem::rule)
        .containsExactly(tuple(RuleProblem.Severity.ERROR, line, rule));
  }

  private static void assertOnlyProblem(String drl, int line, String message) {
    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", drl));
    assertThat(problems).extracting(RuleProblem::message).hasSize(1);
    assertThat(problems.get(0).severity()).isEqualTo(RuleProblem.Severity.ERROR);
    assertThat(problems.get(0).line()).isEqualTo(line);
    assertThat(problems.get(0).message()).contains(message);
  }

  private static String rule(String pattern, String consequence) {
    return "rule \"R\" @flow(\"f\")\nwhen\n  $a : %s\nthen\n  %s\nend\n"
        .formatted(pattern, consequence);
  }
}
