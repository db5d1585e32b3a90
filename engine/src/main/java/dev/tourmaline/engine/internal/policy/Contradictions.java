package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The combinations of a policy with a rule's terms that can never admit a tour, or never reach a
 * limit that they name. What depends on the visitor or on the day is none.
 */
public final class Contradictions {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** What no literal of a pattern is, so that only wildcards match it. */
  private static final String ANYTHING = "\uFFFF";

  private final TriggerPolicy policy;
  private final RuleTerms terms;
  private final List<String> found = new ArrayList<>();

  private Contradictions(TriggerPolicy policy, RuleTerms terms) {
    this.policy = policy;
    this.terms = terms;
  }

  /**
   * {@return the contradictions between a policy and the terms of a rule, in sentences that say
   * what would be right}
   *
   * @param page the only page on which the rule can match; empty text if there are several
   */
  public static List<String> of(TriggerPolicy policy, RuleTerms terms, String page) {
    Contradictions those = new Contradictions(policy, terms);
    those.who();
    those.where(page);
    those.when();
    those.howOften();
    return those.found;
  }

  /** {@return those of a policy within itself, which hold for all rules} */
  public static List<String> of(TriggerPolicy policy) {
    Contradictions those = new Contradictions(policy, RuleTerms.none());
    those.everybody();
    return those.found;
  }

  private void everybody() {
    if (policy.holdout() >= 1) {
      found.add("holdout is 100%: every tour is held back from everybody; leave out a share");
    }
    policy
        .quiet()
        .filter(quiet -> quiet.from().equals(quiet.to()))
        .map(QuietHours::from)
        .ifPresent(
            at ->
                found.add(
                    "quiet is from %s to %s, all day long: no tour ever starts; let it end at another time"
                        .formatted(at, at)));
    if (policy.neverOn().stream().anyMatch(pages -> holds(pages, "/**"))) {
      found.add("never_on names every page: no tour ever starts; name those without tours");
    }
    policy
        .segments()
        .forEach(
            (name, audience) ->
                fault(audience).forEach(fault -> found.add("segment " + name + ": " + fault)));
    unreached("per_user_per_hour", policy.perUserPerHour(), HOUR);
    unreached("per_user_per_day", policy.perUserPerDay(), DAY);
    unreached("per_user_per_week", policy.perUserPerWeek(), WEEK);
  }

  private void unreached(String key, int most, Duration within) {
    Duration between = policy.betweenTours();
    if (most > 1 && most < Integer.MAX_VALUE && between.compareTo(within) >= 0) {
      found.add(
          "between_tours is %s: %s is %d, and a second tour within %s never comes; make one of them less"
              .formatted(InWords.of(between), key, most, InWords.of(within)));
    }
  }

  private void who() {
    boolean isInTest = terms.mode().orElse(policy.mode()) == Mode.TEST;
    if (isInTest && !policy.segments().containsKey(TriggerPolicy.TESTERS)) {
      found.add(
          "it is in test, and there is no segment testers: it reaches nobody; name them in segments of the policy");
    }
    if (!terms.audience().isEmpty()) {
      fault(terms.audience())
          .forEach(fault -> found.add("@audience: " + fault + "; it reaches nobody"));
    }
    if (terms.rollout() <= 0) {
      found.add("@rollout is 0%: it serves nobody; to hold it back use @mode(\"shadow\")");
    }
    if (terms.holdout() >= 1) {
      found.add("@holdout is 100%: its tours are held back from everybody; leave out a share");
    }
  }

  private Stream<String> fault(String audience) {
    try {
      Audience.parse(audience, policy.segments());
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(String.valueOf(e.getMessage()));
    }
  }

  private void where(String page) {
    for (String pages : policy.neverOn()) {
      if (!page.isEmpty() && PagePattern.matches(pages, page)) {
        found.add(
            "it matches on %s alone, and never_on names %s: no tour starts there; let it match elsewhere"
                .formatted(page, pages));
        return;
      }
    }
    List<String> places = terms.showOn();
    boolean isBarred =
        !places.isEmpty()
            && !places.contains(RuleTerms.ANYWHERE)
            && places.stream()
                .allMatch(place -> policy.neverOn().stream().anyMatch(p -> holds(p, place)));
    if (isBarred) {
      found.add(
          "@showOn is %s, and never_on names %s: no tour starts there; show it on another page"
              .formatted(String.join(", ", places), String.join(", ", policy.neverOn())));
    }
  }

  /** Whether a pattern matches whatever another one does. */
  private static boolean holds(String wider, String narrower) {
    return Stream.of("", "/" + ANYTHING, "/" + ANYTHING + "/" + ANYTHING)
        .map(
            several ->
                narrower
                    .replace("/**", several)
                    .replace("*", ANYTHING)
                    .replaceAll("/:[^/]+", "/" + ANYTHING))
        .allMatch(page -> PagePattern.matches(wider, page.isEmpty() ? "/" : page));
  }

  private void when() {
    Duration fresh = terms.freshFor().orElse(policy.freshFor());
    if (fresh.isZero()) {
      found.add("@freshFor is 0s: every moment is older when it is decided on; use some seconds");
    }
  }

  private void howOften() {
    if (terms.followUp()) {
      followUp("per_user_per_hour", policy.perUserPerHour());
      followUp("per_user_per_day", policy.perUserPerDay());
      followUp("per_user_per_week", policy.perUserPerWeek());
    }
    Duration cooldown = terms.cooldown().orElse(policy.cooldown());
    terms
        .oncePer()
        .filter(limit -> limit.times() > 1 && !limit.isUnlimited())
        .filter(limit -> cooldown.compareTo(limit.window()) >= 0)
        .ifPresent(
            limit ->
                found.add(
                    "@oncePer is %s, and the cooldown of %s lets only one come in that time; make it less"
                        .formatted(limit, InWords.of(cooldown))));
  }

  private void followUp(String key, int most) {
    if (most == 1) {
      found.add(
          "@followUp follows no tour: %s is 1, and the tour that it would follow is that one; make it 2"
              .formatted(key));
    }
  }
}
