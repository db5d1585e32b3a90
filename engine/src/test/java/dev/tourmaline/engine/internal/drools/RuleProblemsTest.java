package dev.tourmaline.engine.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

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
            org.assertj.core.api.Assertions.tuple("1-syntax.drl", 3, "Syntax"),
            org.assertj.core.api.Assertions.tuple("2-field.drl", 7, "Field"),
            org.assertj.core.api.Assertions.tuple("3-duplicate.drl", 1, "Field"),
            org.assertj.core.api.Assertions.tuple("4-flow.drl", 4, "Flowless"),
            org.assertj.core.api.Assertions.tuple("5-consequence.drl", 13, "Consequence"));
    RuleBase.check(rules).forEach(System.out::println);
  }

  @Test
  void scratch() {
    String[][] cases = {
      {"Action( pageview", "tours.offer($a, \"x\");"},
      {"Action( pageview click )", "tours.offer($a, \"x\");"},
      {"Action( not submittedWithin(\"10m\") )", "tours.offer($a, \"x\");"},
      {"Action( visitsWithin(\"10 minutes\") > 3 )", "tours.offer($a, \"x\");"},
      {"Action( visitsWithin(10) > 3 )", "tours.offer($a, \"x\");"},
      {"Action( visitWithin(\"10m\") > 3 )", "tours.offer($a, \"x\");"},
      {"Action( visitsWithin > 3 )", "tours.offer($a, \"x\");"},
      {"Action( visitsWithin(\"10m\") )", "tours.offer($a, \"x\");"},
      {"Action( title )", "tours.offer($a, \"x\");"},
      {"Action( path > 3 )", "tours.offer($a, \"x\");"},
      {"Action( path == 3 )", "tours.offer($a, \"x\");"},
      {"Action( path == \"a\" )", "tours.offer($a, \"x\");"},
      {"Actoin( path == \"a\" )", "tours.offer($a, \"x\");"},
      {"Idle( path == \"/a\" )", "tours.offer($a, \"x\");"},
      {"Dwell( reached(\"soon\") )", "tours.offer($a, \"x\");"},
      {"Action( path.foo() == \"/a\" )", "tours.offer($a, \"x\");"},
      {"Action( pageview )", "tours.offer($b, \"x\");"},
      {"Action( pageview )", "tours.offer($a, \"x\")"},
      {"Action( pageview )", "tours.offer($a);"},
      {"Action( pageview )", "int i = \"x\";\n tours.offer($a, \"x\");"},
      {"Action( pageview )", "tours.offer($a, \"x)\n;"},
      {"Action( pageview )", "Foo f = null; tours.offer($a, f.toString());"},
      {"Action( pageview )", "insert(new String(\"x\"));"},
      {"Action( pageview )", "System.out.println($a.getPth());"},
      {"Action( pageview )", ""},
      {"String( )", "int i = 0;"},
      {"Action( \"/a\"; )", "tours.offer($a, \"x\");"},
      {"Action( secondsOnPage() > 3 )", "tours.offer($a, \"x\");"},
      {"Action( mentions(\"x\") )", "tours.offer($a, \"x\");"},
      {"Action( $p : pth, path == \"/x\" )", "tours.offer($a, $p);"},
      {"Action( path == $q )", "tours.offer($a, \"x\");"},
      {"Action( this after[0s,10m] $z )", "tours.offer($a, \"x\");"},
      {"Action( click ) Action( this after $a )", "tours.offer($a, \"x\");"},
    };
    for (String[] c : cases) {
      String drl =
          "rule \"R\" @flow(\"f\")\nwhen\n  $a : " + c[0] + "\nthen\n  " + c[1] + "\nend\n";
      System.out.println("### " + c[0] + " | " + c[1].replace("\n", "\\n"));
      RuleBase.check(RuleSet.of("r.drl", drl)).forEach(p -> System.out.println("    " + p));
    }
    for (String drl :
        List.of(
            "",
            "hello",
            "rule",
            "rule \"x\"",
            "rule \"x\" @flow(3) @flwo(\"a\") @priority(high) salience (3+x) when Action(click) then tours.offer(null,\"\"); end",
            "rule when Action(click) then end",
            "rule \"x\" @flow(\"a\") whn Action(click) then end",
            "rule \"x\" @flow(\"a\") when Action(click) end",
            "rule \"x\" @flow(\"a\") when Action(click) then \n int i=0;",
            "global String foo; global dev.tourmaline.engine.rule.Tours tours; global dev.tourmaline.engine.rule.Tours tours;\nimport foo.Bar;\nrule \"x\" @flow(\"a\") when $a: Action(click) then tours.offer($a,\"\"); end",
            "import foo.Bar;\nrule \"x\" @flow(\"a\") when $a: Action(click) then tours.offer($a,\"\"); end",
            "function int f() { return \"a\"; }\nrule \"x\" @flow(\"a\") when $a: Action(click) then tours.offer($a,\"\"); end",
            "declare Foo a : Strin end\nrule \"x\" @flow(\"a\") when $a: Action(click) then tours.offer($a,\"\"); end")) {
      System.out.println("### " + drl.replace("\n", "\\n"));
      RuleBase.check(RuleSet.of("r.drl", drl)).forEach(p -> System.out.println("    " + p));
    }
  }
}
