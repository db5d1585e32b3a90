package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RuleCompilerPropertyTest {

  @Property(tries = 60)
  void noTextMakesTheCompilerThrow(@ForAll("texts") String text) {
    assertThatCode(() -> RuleBase.check(RuleSet.of("r.drl", text))).doesNotThrowAnyException();
  }

  @Property(tries = 60)
  void noRandomTextMakesTheCompilerThrow(@ForAll String text) {
    assertThatCode(() -> RuleBase.check(RuleSet.of("r.drl", text))).doesNotThrowAnyException();
  }

  /** What looks like rules, cut and joined at random. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "rule \"a\" ",
            "rule b ",
            "@flow(\"f\") ",
            "@flow( ",
            "when\n",
            "then\n",
            "end\n",
            "$a : Action( ",
            "Action(",
            "pageview, ",
            "path == \"/a\" ",
            "visitsWithin(\"10m\") > 3 ",
            ") ",
            "not ",
            "and ",
            "= ",
            "=< ",
            "&gt;= ",
            "“/a” ",
            "‘",
            "`",
            "/a/** ",
            "10m ",
            "after( ",
            "# ",
            "When ",
            "True ",
            "\u00a0",
            "offer( ",
            "\"",
            "'",
            "/* ",
            "*/ ",
            "// ",
            "tours.offer($a, \"x\");\n",
            "{ ",
            "} ",
            "; ",
            "package p ",
            "import ",
            "global ",
            "declare ",
            "salience ",
            "@",
            "accumulate( ",
            "from ",
            "over window:time( 5m ) ",
            "query q ",
            "function int f() ",
            "[ ",
            "] ")
        .list()
        .ofMaxSize(25)
        .map(parts -> String.join("", parts));
  }
}
