package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can never lead to a tour, said before anybody waits for it. */
class ContradictionsTest {

  private final TriggerPolicy.Builder policy = TriggerPolicy.builder();

  private List<RuleProblem> found(String annotations, String pattern) {
    RuleSet rules =
        RuleSet.of(
            "help.drl",
            """
            rule "Help" @flow("tour_help") %s
            when
                $f : %s
            then
                tours.offer($f, "help");
            end
            """
                .formatted(annotations, pattern));
    assertThat(RuleBase.check(rules)).isEmpty();
    return RuleBase.contradictions(rules, policy.build());
  }

  private void isSaidOfTheRule(String annotations, String message) {
    isSaidOfTheRule(annotations, "Action( pageview )", message);
  }

  private void isSaidOfTheRule(String annotations, String pattern, String message) {
    assertThat(found(annotations, pattern))
        .extracting(RuleProblem::toString)
        .containsExactly("help.drl:1: warning: rule \"Help\": " + message);
  }

  private void isSaidOfThePolicy(String message) {
    assertThat(found("", "Action( pageview )"))
        .extracting(RuleProblem::toString)
        .containsExactly("policy: warning: " + message);
  }

  private void isFine(String annotations) {
    assertThat(found(annotations, "Action( pageview, path == \"/billing\" )")).isEmpty();
  }

  @Test
  void aRuleInTestNeedsTesters() {
    String message =
        "it is in test, and there is no segment testers: it reaches nobody; name them in segments"
            + " of the policy";
    isSaidOfTheRule("@mode(\"test\")", message);
    policy.mode(Mode.TEST);
    isSaidOfTheRule("", message);
    isFine("@mode(\"live\")");
    policy.segments(Map.of("testers", "User.attribute('staff') == true"));
    isFine("@mode(\"test\")");
  }

  @Test
  void anAudienceNamesSegmentsThatAreThere() {
    policy.segments(Map.of("customers", "User.attribute('plan') == 'pro'"));
    isFine("@audience(\"customers\")");
    isSaidOfTheRule(
        "@audience(\"custumers\")",
        "@audience: there is no segment \"custumers\"; known are customers; it reaches nobody");
  }

  @Test
  void sharesThatLeaveNobodyAreSaid() {
    isSaidOfTheRule(
        "@rollout(\"0%\")",
        "@rollout is 0%: it serves nobody; to hold it back use @mode(\"shadow\")");
    isSaidOfTheRule(
        "@holdout(\"100%\")",
        "@holdout is 100%: its tours are held back from everybody; leave out a share");
    isFine("@rollout(\"1%\") @holdout(\"99%\")");
    policy.holdout(1);
    isSaidOfThePolicy("holdout is 100%: every tour is held back from everybody; leave out a share");
  }

  @Test
  void aRuleThatMatchesOnlyWhereNoTourStartsIsSaid() {
    policy.neverOn(List.of("/checkout/**"));
    isSaidOfTheRule(
        "@showOn(\"anywhere\")",
        "Action( pageview, path == \"/checkout/pay\" )",
        "it matches on /checkout/pay alone, and never_on names /checkout/**: no tour starts there;"
            + " let it match elsewhere");
    assertThat(found("", "Action( pageview, path != \"/checkout/pay\" )")).isEmpty();
    isFine("");
  }

  @Test
  void aTourThatIsToStartOnlyWhereNoneDoesIsSaid() {
    policy.neverOn(List.of("/checkout/**", "/invoices/:id"));
    isSaidOfTheRule(
        "@showOn(\"/checkout/pay\", \"/invoices/:number\")",
        "@showOn is /checkout/pay, /invoices/:number, and never_on names /checkout/**,"
            + " /invoices/:id: no tour starts there; show it on another page");
    isFine("@showOn(\"/checkout/pay\", \"/help\")");
    isFine("@showOn(\"/invoices/**\")");
    isFine("@showOn(\"anywhere\")");
  }

  @Test
  void aPolicyThatBarsEveryPageOrEveryHourIsSaid() {
    policy.neverOn(List.of("/**"));
    isSaidOfThePolicy("never_on names every page: no tour ever starts; name those without tours");
    policy.neverOn(List.of());
    policy.quiet(new QuietHours(LocalTime.NOON, LocalTime.NOON, ZoneOffset.UTC));
    isSaidOfThePolicy(
        "quiet is from 12:00 to 12:00, all day long: no tour ever starts; let it end at another"
            + " time");
  }

  @Test
  void aFollowUpNeedsRoomForTwoTours() {
    isSaidOfTheRule(
        "@followUp",
        "@followUp follows no tour: per_user_per_day is 1, and the tour that it would follow is"
            + " that one; make it 2");
    policy.perUserPerDay(2);
    isFine("@followUp");
  }

  @Test
  void aMomentThatMayHaveNoAgeIsSaid() {
    isSaidOfTheRule(
        "@freshFor(\"0s\")",
        "@freshFor is 0s: every moment is older when it is decided on; use some seconds");
  }

  @Test
  void limitsThatAreNeverReachedAreSaid() {
    isSaidOfTheRule(
        "@oncePer(\"3 per 1d\") @cooldown(\"2d\")",
        "@oncePer is 3 per 24h, and the cooldown of 2 days lets only one come in that time; make"
            + " it less");
    isFine("@oncePer(\"3 per 7d\") @cooldown(\"2d\")");
    isFine("@cooldown(\"60d\") @from(\"2026-03-01\") @until(\"2026-03-02\")");
    policy.betweenTours(Duration.ofDays(8));
    isSaidOfThePolicy(
        "between_tours is 8 days: per_user_per_week is 3, and a second tour within 7 days never"
            + " comes; make one of them less");
  }

  @Test
  void rulesWithErrorsAreNotWeighed() {
    RuleSet broken = RuleSet.of("help.drl", "rule \"Help\" @rollout(\"0%\") when then end");
    assertThat(RuleBase.contradictions(broken, TriggerPolicy.defaults())).isEmpty();
  }
}
