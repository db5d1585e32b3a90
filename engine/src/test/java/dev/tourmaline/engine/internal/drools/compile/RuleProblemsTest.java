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

class RuleProblemsTest {

  private static final String SYNTAX =
      """
      rule "Syntax" @flow("tour_a")
      when
          $a : Action( pageview, path = "/a" )
      then
          tours.offer($a, "a");
      end
      """;

  private static final String UNKNOWN_FIELD =
      """
      package shop.tours;

      // a comment that mentions rule "Nothing" and Action( pth )
      rule "Field" @flow("tour_b")
      when
          $a : Action( pageview,
                       pth == "/b" )
      then
          tours.offer($a, "b");
      end
      """;

  private static final String DUPLICATE =
      """
      rule "Field" @flow("tour_c")
      when
          $a : Action( click )
      then
          tours.offer($a, "c");
      end
      """;

  private static final String NO_FLOW =
      """
      import dev.tourmaline.engine.fact.Action;
      global dev.tourmaline.engine.rule.Tours tours;

      rule "Flowless"
      when
          $a : Action( submit )
      then
          tours.offer($a, "d");
      end
      """;

  private static final String CONSEQUENCE =
      """
      rule "Good" @flow("tour_e")
      when
          $a : Action( submit )
      then
          tours.offer($a, "e");
      end

      rule "Consequence" @flow("tour_f")
      when
          $a : Action( submit )
      then
          String why = "f";
          tours.offr($a, why);
      end
      """;

  @Test
  void everyFaultOfEveryFileIsReportedWithItsLine() {
    RuleSet rules =
        RuleSet.of("1-syntax.drl", SYNTAX)
            .plus(RuleSet.of("2-field.drl", UNKNOWN_FIELD))
            .plus(RuleSet.of("3-duplicate.drl", DUPLICATE))
            .plus(RuleSet.of("4-flow.drl", NO_FLOW))
            .plus(RuleSet.of("5-consequence.drl", CONSEQUENCE));

    assertThat(RuleBase.check(rules))
        .extracting(RuleProblem::file, RuleProblem::line, RuleProblem::rule)
        .containsExactly(
            tuple("1-syntax.drl", 3, "Syntax"),
            tuple("2-field.drl", 7, "Field"),
            tuple("3-duplicate.drl", 1, "Field"),
            tuple("4-flow.drl", 4, "Flowless"),
            tuple("5-consequence.drl", 13, "Consequence"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '`',
      textBlock =
          """
          Action( pageview :: 3 :: '(' is never closed
          Action( pageview click ) :: 3 :: 'click' is not expected here; is a comma or '&&' missing
          Action( not submittedWithin("10m") ) :: 3 :: negation is written '!'
          Action( visitsWithin("10 minutes") > 3 ) :: 3 :: "10 minutes" is no duration
          Action( visitsWithin(10) > 3 ) :: 3 :: 'visitsWithin' cannot take a number; write it like
          Action( visitWithin("10m") > 3 ) :: 3 :: did you mean 'visitsWithin'?
          Action( visitsWithin > 3 ) :: 3 :: 'visitsWithin' is a method; give it its arguments
          Action( visitsWithin("10m") ) :: 3 :: 'visitsWithin' is a number, not yes or no
          Action( title ) :: 3 :: 'title' is text, not yes or no
          Action( path > 3 ) :: 3 :: 'path' is text and cannot be compared with a number by '>'
          Action( secondsOnPage() > 3 ) :: 3 :: 'secondsOnPage' is a property; write it without ()
          Action( $p : pth ) :: 3 :: Action has no property 'pth'; did you mean 'path'?
          Action( path == $q ) :: 3 :: '$q' is bound nowhere in the rule
          Action( path.foo() == "/a" ) :: 3 :: String has no method 'foo' that takes ()
          Action( "/a"; ) :: 3 :: Action has no positional arguments
          Actoin( pageview ) :: 3 :: there is no fact 'Actoin'; did you mean 'Action'?
          Idle( path == "/a" ) :: 3 :: Idle needs to be told how long
          Dwell( reached("soon") ) :: 3 :: "soon" is no duration for 'reached'
          Summary( pageview ) :: 3 :: Summary has no property 'pageview'
          """)
  void aFaultyPatternIsExplained(String pattern, int line, String message) {
    assertOnlyProblem(rule(pattern, "tours.offer($a, \"x\");"), line, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '`',
      textBlock =
          """
          tours.offer($b, "x"); :: 5 :: '$b' is not known here; did you mean '$a'?
          tours.offer($a, "x") :: 5 :: a semicolon is missing
          int i = 0; | i++ | tours.offer($a, "x"); :: 6 :: a semicolon is missing
          tours.offer($a); :: 5 :: 'offer' takes (Fact, String), not (Action)
          tours.offer($a, "a"); | int i = "x"; :: 6 :: Type mismatch: cannot convert from String to int
          tours.offer($a, "x); :: 5 :: the text that begins here is not closed by a quote
          tours.offer($a, "x"); | Foo f = null; :: 6 :: there is no type 'Foo'
          tours.offer($a, $a.getPth()); :: 5 :: Action has no method 'getPth' that takes (); did you mean 'getPath'?
          insert(new String("x")); :: 5 :: 'insert' of a fact that never expires
          modify($a) { } :: 5 :: 'modify' changes a fact
          """)
  void aFaultyConsequenceIsExplained(String consequence, int line, String message) {
    assertOnlyProblem(rule("Action( pageview )", consequence.replace("|", "\n")), line, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      quoteCharacter = '`',
      textBlock =
          """
          hello :: 1 :: 'hello' is not expected here; outside rules stand only package
          rule "x" @flow("f") whn Action(click) then end :: 1 :: 'when' is expected here, not 'whn'
          rule "x" @flow("f") when Action(click) | end :: 2 :: the rule has no 'then' before its 'end'
          rule "x" @flow("f") when Action(click) then | int i = 0; :: 2 :: the rule has no 'end'
          rule @flow("f") when Action(click) then end :: 1 :: a rule needs a name in quotes
          rule "x" @flow(3) when $a : Action(click) then tours.offer($a, ""); end :: 1 :: @flow("3")
          rule "x" @flow("f") @flow("f") when $a : Action(click) then tours.offer($a, ""); end :: 1 :: given twice
          rule "x" @flow("f") @prioritie(3) when $a : Action(click) then tours.offer($a, ""); end :: 1 :: did you mean 'priority'?
          rule "x" @flow("f") @priority(high) when $a : Action(click) then tours.offer($a, ""); end :: 1 :: write it like @priority(80)
          rule "x" @flow("f") salience (1 + 2) when $a : Action(click) then tours.offer($a, ""); end :: 1 :: is no whole number
          rule "x" @flow("f") agenda-group "g" when $a : Action(click) then tours.offer($a, ""); end :: 1 :: never fire here
          global String foo; | rule "x" @flow("f") when $a : Action(click) then tours.offer($a, ""); end :: 1 :: the only global is 'tours'
          | import foo.Bar; | rule "x" @flow("f") when $a : Action(click) then tours.offer($a, ""); end :: 2 :: Bar
          | function int f() { return "a"; } :: 2 :: cannot convert from String to int
          """)
  void aFaultOutsideTheConditionsIsExplained(String drl, int line, String message) {
    assertOnlyProblem(drl.replace("|", "\n"), line, message);
  }

  @Test
  void aRuleThatLooksAtNoneOfOurFactsIsRefused() {
    assertOnlyProblem(rule("String( )", "String why = $a;"), 1, "looks at none of the facts");
  }

  @Test
  void whatDroolsAcceptsIsNotRefusedByTheChecksBeforeIt() {
    List<String> patterns =
        List.of(
            "$a : Action( pageview == true, !click, (submit || typing) )",
            "$a : Action( path matches \"/a.*\", title not contains \"x\", type != null )",
            "$a : Action( path str[startsWith] \"/a\", path in (\"/a\", \"/b\") )",
            "$a : Action( path == \"/a\" || == \"/b\", secondsSinceVisit(\"/a\") < 60.5 )",
            "$a : Action( $p : path, $n : visitsWithin(\"10m\") ) Action( path == $p, this after[0s,1m] $a, visitsWithin(\"1h\") >= $n )",
            "$a : Action( $t : title.toLowerCase(), eval( $t.length() > 3 ) )",
            "$a : Action( this.path != previousPage, userId != \"\", at > 0 )",
            "a : Action( p : path ) $a : Action( path == p, this after[0s,1m] a, this != a )",
            "$a : Action( click, at - secondsOnPage * 1000 < 5, pingPong(2, \"2m\") )",
            "$a : Summary( mentions(\"stuck\") || text contains \"lost\" )",
            "$a : TourOutcome( dismissed, rule == \"R1\", step > 1, flowId.equals(\"f\") )",
            "$a : SessionFact( onPath(\"/a/**\") )",
            "$a : dev.tourmaline.engine.fact.Dwell( reached(\"45s\"), actionsOnPage <= 5 )",
            "$a : Action( click ) exists( Idle( reached(\"2m\") ) or Action( cameFrom(\"/a\", \"/b\") ) )",
            "$a : Action( click ) not( Action( submit, this after[0s,1m] $a ) )",
            "$a : Action( click ) Number( intValue > 2 ) from accumulate("
                + " Action( click, this before[0s,1m] $a ); count(1) )",
            "$a : Action( click ) forall( Action( path == \"/a\", this before[0s,1m] $a ) )",
            "$a : Action( click ) eval( $a.getPath().length() > 1 )");
    StringBuilder drl = new StringBuilder();
    for (int i = 0; i < patterns.size(); i++) {
      drl.append("rule \"R%d\" @flow(\"f\") no-loop when\n".formatted(i))
          .append(patterns.get(i))
          .append("\nthen tours.offer($a, \"x\"); end\n");
    }

    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", drl.toString()));

    assertThat(problems).filteredOn(p -> p.severity() == RuleProblem.Severity.ERROR).isEmpty();
  }

  @Test
  void adviceIsAWarningAndRefusesNothing() {
    String costly =
        """
        rule "No slash" @flow("f") when $a : Action( path == "a" ) then tours.offer($a, "x"); end
        rule "Silent" @flow("f") when Action( click ) then int i = 0; end
        rule "Unbounded" @flow("f") when $a : Action( click ) Action( submit, this after $a )
        then tours.offer($a, "x"); end
        rule "All" @flow("f") when $a : Action() Action( submit, this after[0s,5m] $a )
        then tours.offer($a, "x"); end
        rule "Count" @flow("f") when
          accumulate( Action( click ) over window:time( 5m ); $n : count(1); $n > 3 )
          $a : Action( submit )
        then tours.offer($a, "x"); end
        """;

    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", costly));

    assertThat(problems)
        .allMatch(problem -> problem.severity() == RuleProblem.Severity.WARNING)
        .extracting(RuleProblem::rule)
        .containsExactly("No slash", "Silent", "Unbounded", "All", "Count");
  }

  @Test
  void manyFaultyRulesAmongManyAreAllFound() {
    StringBuilder drl = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String call = i % 13 == 7 ? "offr" : "offer";
      drl.append(
          "rule \"R%d\" @flow(\"f\") when $a : Action(click) then tours.%s($a, \"\"); end\n"
              .formatted(i, call));
    }
    assertThat(RuleBase.check(RuleSet.of("r.drl", drl.toString())))
        .extracting(RuleProblem::line)
        .containsExactly(8, 21, 34);
  }

  private static void assertOnlyProblem(String drl, int line, String message) {
    List<RuleProblem> problems = RuleBase.check(RuleSet.of("r.drl", drl));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).severity()).isEqualTo(RuleProblem.Severity.ERROR);
    assertThat(problems.get(0).line()).isEqualTo(line);
    assertThat(problems.get(0).message()).contains(message);
  }

  private static String rule(String pattern, String consequence) {
    return "rule \"R\" @flow(\"f\")\nwhen\n  $a : %s\nthen\n  %s\nend\n"
        .formatted(pattern, consequence);
  }
}
