package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.drools.compile.Compilation.Compiled;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.ActionText;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {

  private static final String GATE = "dev.tourmaline.engine.internal.fact.RuleGate.admits(this, 0)";

  private static final String STEP =
      """
      // The moment: a third visit.
      rule "Billing revisited"
          @flow("tour_billing_help") @priority(80)
          salience -3
      when
          $a : Action( pageview, path == "/settings/billing",
                       visitsWithin("10m") >= 3, !submittedWithin("10m") )
      then
          tours.offer($a, "third visit to billing within ten minutes");
      end
      """;

  private static final String PATTERN =
      """
      package shop.tours
      import dev.tourmaline.engine.fact.*;

      rule "Focused, then gone" @flow("tour_form")
      when
          $a : Action( focus )
          not Action( submit, this after[0s,2m] $a )
          exists ( Action( blur, this after[0s,1m] $a ) )
      then
          tours.offer($a, "left the form");
      end
      """;

  @Test
  void aStepRuleIsDescribedAsItsAuthorWroteIt() {
    CompiledRules rules = compile(RuleSet.of("billing.drl", STEP));
    PatternText pattern =
        new PatternText(
            "Action",
            6,
            List.of(
                "pageview",
                "path == \"/settings/billing\"",
                "visitsWithin(\"10m\") >= 3",
                "!submittedWithin(\"10m\")"),
            false,
            "$a",
            "",
            Optional.of(Duration.ZERO),
            ActionText.IDENTITY.bit());
    assertThat(rules.rules())
        .containsExactly(
            new RuleDefinition(
                0,
                "Billing revisited",
                "rules.f0",
                "billing.drl",
                2,
                "tour_billing_help",
                80,
                -3,
                true,
                List.of(pattern),
                RuleTerms.none(),
                Duration.ZERO));
    assertThat(rules.kieBase().getRule("rules.f0", "Billing revisited")).isNotNull();
  }

  @Test
  void anEventPatternRuleTellsHowLongItNeedsItsFacts() {
    RuleSet both = RuleSet.of("billing.drl", STEP).plus(RuleSet.of("form.drl", PATTERN));
    CompiledRules rules = compile(both);
    RuleDefinition rule = rules.rules().get(1);
    assertThat(rule.index()).isEqualTo(1);
    assertThat(rule.packageName()).isEqualTo("shop.tours");
    assertThat(rule.step()).isFalse();
    assertThat(rule.priority()).isEqualTo(50);
    assertThat(rule.retention()).isEqualTo(Duration.ofMinutes(3));
    assertThat(rule.patterns())
        .extracting(PatternText::negated)
        .containsExactly(false, true, false);
    assertThat(rule.patterns()).extracting(PatternText::extra).containsExactly("", "", "exists");
  }

  @Test
  void whatAFileLeavesOutIsSuppliedAndNoLineMoves() {
    String text = injected(STEP);
    assertThat(text.lines().count()).isEqualTo(STEP.lines().count());
    assertThat(text)
        .startsWith("package rules.f0; import dev.tourmaline.engine.fact.Action; ")
        .contains("global dev.tourmaline.engine.rule.Tours tours; // The moment")
        .contains("Action( " + GATE + ", !blindWithin(\"10m\"), pageview, path ==");

    String packaged = injected(PATTERN);
    assertThat(packaged)
        .startsWith("package shop.tours; global dev.tourmaline.engine.rule.Tours tours; \n")
        .contains("Action( " + GATE + ", focus )")
        .contains("not Action( " + GATE + ", submit,");
  }

  @Test
  void theSameSourcesAreAlwaysCompletedToTheSameText() {
    assertThat(injected(STEP + PATTERN)).isEqualTo(injected(STEP + PATTERN));
  }

  @Test
  void absenceAsksWhetherTheLongestWindowCouldBeSeen() {
    assertThat(absence("clicksWithin(\"5m\") == 0, visitsWithin(\"/a\", \"1h\") < 3"))
        .isEqualTo("1h");
    assertThat(absence("2 >= clicksWithin(\"5m\")")).isEqualTo("5m");
    assertThat(absence("!(submittedWithin(\"3m\") || pingPong(\"2m\"))")).isEqualTo("3m");
    assertThat(absence("clicksWithin(\"5m\") != 1")).isEqualTo("5m");
    assertThat(absence("submittedWithin(\"5m\") == false")).isEqualTo("5m");
    assertThat(absence("secondsSinceSubmit(\"/a\") > 90.5")).isEqualTo("91s");
    assertThat(absence("secondsOn(\"/a/**\", \"5m\") < 10")).isEqualTo("5m");
    assertThat(absence("secondsOn(\"/a/**\", \"5m\") >= 60")).isEmpty();
    assertThat(absence("clicksWithin(\"5m\") > 0, submittedWithin(\"5m\")")).isEmpty();
    assertThat(absence("clicksWithin(\"5m\") != 0")).isEmpty();
    assertThat(absence("!submittedWithin(\"3m\"), blindWithin(\"1m\") == false")).isEmpty();
    assertThat(injected(rule("Dwell( reached(\"45s\") )")))
        .contains("Dwell( " + GATE + ", !blindWithin(\"45s\"), reached(\"45s\") )");
    assertThat(injected(rule("Action( click ) not Action( !submittedWithin(\"1m\") )")))
        .doesNotContain("blindWithin");
  }

  @Test
  void stringsAndCommentsAreLeftAlone() {
    String drl =
        rule("Action( title == \"Action( click )\" /* Action( click ) */ ) // Action( click )");
    assertThat(injected(drl).split("admits\\(", -1)).hasSize(2);
  }

  @Test
  void noRulesCompileToNone() {
    CompiledRules rules = compile(RuleSet.empty());
    assertThat(rules.rules()).isEmpty();
    assertThat(rules.kieBase().newKieSession()).isNotNull();
  }

  @Test
  void declaredFactsThatExpireMayBeInserted() {
    String drl =
        """
        declare Visit @role( event ) @expires( 10m ) path : String end

        rule "Derive" @flow("f") when $a : Action( pageview ) then insert(new Visit($a.getPath())); end
        rule "Use" @flow("f") when Visit( $p : path ) $a : Action( click, path == $p )
        then tours.offer($a, "clicked"); end
        """;
    CompiledRules rules = compile(RuleSet.of("r.drl", drl));
    assertThat(rules.rules()).extracting(RuleDefinition::step).containsExactly(false, false);
    assertThat(rules.rules().get(0).retention()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aJoinRetainsEachActionWhileTheOthersMayFollow() {
    assertThat(
            spans(
                """
                $a : Action( click )
                $b : Action( submit, this after[1ms,2m] $a )
                $c : Action( click, this after[0s,30s] $b )
                """))
        .containsExactly(
            Optional.of(Duration.ofSeconds(150)),
            Optional.of(Duration.ofSeconds(30)),
            Optional.of(Duration.ZERO));
    assertThat(
            spans(
                """
                $a : Action( submit )
                Action( click, this before[0s,30s] $a )
                """))
        .containsExactly(Optional.of(Duration.ZERO), Optional.of(Duration.ofSeconds(30)));
    assertThat(
            spans(
                """
                $a : Action( pageview )
                $b : Action( click, this after[0s,1m] $a )
                Action( submit, this after[0s,5m] $a, this after[0s,1m] $b )
                """))
        .containsExactly(
            Optional.of(Duration.ofMinutes(2)),
            Optional.of(Duration.ofMinutes(1)),
            Optional.of(Duration.ZERO));
  }

  @Test
  void whatNoConditionBoundsIsNeededForAWholeSession() {
    Optional<Duration> whole = Optional.of(Retention.UNBOUNDED);
    assertThat(spans("$a : Action( click ) Action( submit, path == $a.path )"))
        .containsExactly(whole, whole);
    assertThat(spans("$a : Action( click ) Action( submit, this after $a )"))
        .containsExactly(whole, whole);
    assertThat(
            spans("$a : Action( click ) Action( submit, this after[0s,1m] $a || path == \"/\" )"))
        .containsExactly(whole, whole);
  }

  @Test
  void aRuleThatDoesMoreThanJoinActionsHasNoSpans() {
    assertThat(spans("$a : Action( click ) not Action( submit, this after[0s,1m] $a )"))
        .containsOnly(Optional.empty());
    assertThat(spans("$a : Action( click ) Dwell( reached(\"30s\"), this after[0s,1m] $a )"))
        .containsOnly(Optional.empty());
    assertThat(spans("$a : Action( click ) Action( submit ) over window:time( 1m )"))
        .containsOnly(Optional.empty());
  }

  private static List<Optional<Duration>> spans(String when) {
    String drl = "rule \"R\" @flow(\"f\") when " + when + " then tours.offer($a, \"\"); end";
    CompiledRules rules = compile(RuleSet.of("r.drl", drl));
    return rules.rules().get(0).patterns().stream().map(PatternText::span).toList();
  }

  @Test
  void rulesNobodyHoldsAnyMoreLeaveNoClassesBehind() {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      loaders.add(loaderOf(compile(RuleSet.of("billing.drl", STEP))));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              System.gc();
              long alive = loaders.stream().filter(loader -> loader.get() != null).count();
              assertThat(alive).isLessThanOrEqualTo(1);
            });
  }

  private static WeakReference<ClassLoader> loaderOf(CompiledRules rules) {
    rules.kieBase().newKieSession().dispose();
    return new WeakReference<>(rules.classes());
  }

  private static CompiledRules compile(RuleSet rules) {
    Compilation compilation = RuleCompiler.compile(rules);
    assertThat(compilation).isInstanceOf(Compiled.class);
    return ((Compiled) compilation).rules();
  }

  private static String injected(String drl) {
    RuleLoader loader = RuleLoader.load(RuleSet.of("r.drl", drl), new Problems());
    return InjectedText.of(loader.files().get(0), loader.rules());
  }

  private static String absence(String constraints) {
    RuleLoader loader =
        RuleLoader.load(RuleSet.of("r.drl", rule("Action( " + constraints + " )")), new Problems());
    return loader.rules().get(0).patterns.get(0).absenceWindow().orElse("");
  }

  private static String rule(String pattern) {
    return "rule \"R\" @flow(\"f\") when $a : %s\nthen tours.offer($a, \"x\"); end"
        .formatted(pattern);
  }
}
