package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.Switch.Scope;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What may happen to a policy, at random: small worlds, so that things meet. */
final class PolicySteps {

  static final Instant BEGIN = Instant.parse("2026-03-27T18:00:00Z");
  static final int RULES = 4;
  static final int SESSIONS = 3;
  static final int USERS = 2;
  static final int FLOWS = 2;

  private static final List<String> WAITS =
      List.of(
          "PT0S",
          "PT0S",
          "PT0.001S",
          "PT1S",
          "PT2.999S",
          "PT3S",
          "PT20S",
          "PT59S",
          "PT1M59.999S",
          "PT2M",
          "PT5M",
          "PT29M59.999S",
          "PT30M",
          "PT1H",
          "PT10H",
          "PT23H59M59.999S",
          "PT24H",
          "P3D",
          "P7D",
          "P8D",
          "P40D",
          "PT-1S",
          "PT-10M",
          "PT-26H");

  private static final List<Map<String, Object>> CLAIMS =
      List.of(
          Map.of("plan", "pro"),
          Map.of("plan", "free"),
          Map.of("plan", "staff", "zoneinfo", "Asia/Tokyo"),
          Map.of("zoneinfo", "no zone"),
          Map.of("plan", "pro", "zoneinfo", "America/Los_Angeles"));

  private static final List<Boolean> OFTEN = List.of(true, true, true, true, false);
  private static final List<Boolean> SELDOM = List.of(false, false, false, false, true);

  private PolicySteps() {}

  /** One thing that happens; numbers of tours are taken modulo those there are. */
  sealed interface Step {

    /** Time passes, or the clock is set back. */
    record Wait(Duration time) implements Step {}

    /** A moment comes. */
    record Offered(
        int session,
        boolean isAnonymous,
        List<Proposal> proposals,
        Optional<String> page,
        Set<String> excepted)
        implements Step {}

    /** One offer of it: {@code again} repeats the moment of an offer that was made before. */
    record Proposal(
        int rule, int flow, int priority, int again, Cause cause, int outcomeOf, int delay) {}

    /** A server asks, or another system starts a tour. */
    record Requested(int session, int flow, boolean force, boolean inbound) implements Step {}

    /** A tour is reported on. */
    record Reported(int tour, Outcome outcome, boolean confirmed, int snooze) implements Step {}

    /** A tour is shown, and after a while there is news of it. */
    record Seen(int tour, boolean confirmed, Duration time, Outcome outcome) implements Step {}

    /** The newest tour is seen, and something is offered on its outcome. */
    record Followed(boolean completed, int rule, int flow) implements Step {}

    /** A tour comes to nothing. */
    record Released(int tour) implements Step {}

    /** A tour is delivered where nothing reports. */
    record Delivered(int tour) implements Step {}

    /** A tour is about to be delivered. */
    record LastCheck(int tour, Optional<String> page, Set<String> excepted) implements Step {}

    /** A session's user becomes known. */
    record Known(int session, int user) implements Step {}

    /** A session is vouched for as its user's. */
    record Vouched(int session) implements Step {}

    /** A visitor opts out or in. */
    record Wants(int session, boolean wanted) implements Step {}

    /** A token claims what is known of a user, or of a session. */
    record Claimed(int session, boolean ofUser, Map<String, Object> attributes) implements Step {}

    /** An operator turns something off or on. */
    record Switched(Scope scope, int number, boolean on) implements Step {}

    /** A rule goes into shadow by itself, or comes back. */
    record Shadowed(int rule, boolean on) implements Step {}
  }

  static Arbitrary<List<Step>> steps() {
    return Arbitraries.frequencyOf(
            Tuple.of(5, waits().map(Step.Wait::new)),
            Tuple.of(14, offered()),
            Tuple.of(1, requested()),
            Tuple.of(5, reported()),
            Tuple.of(7, seen()),
            Tuple.of(
                3,
                Combinators.combine(Arbitraries.of(true, false), below(RULES), below(FLOWS))
                    .as(Step.Followed::new)),
            Tuple.of(1, tour().map(Step.Released::new)),
            Tuple.of(1, tour().map(Step.Delivered::new)),
            Tuple.of(2, lastCheck()),
            Tuple.of(1, Combinators.combine(below(SESSIONS), below(USERS)).as(Step.Known::new)),
            Tuple.of(1, below(SESSIONS).map(Step.Vouched::new)),
            Tuple.of(1, flagged(below(SESSIONS), OFTEN, Step.Wants::new)),
            Tuple.of(1, claimed()),
            Tuple.of(1, switched()),
            Tuple.of(1, flagged(below(RULES), SELDOM, Step.Shadowed::new)))
        .list()
        .ofMinSize(10)
        .ofMaxSize(80)
        .withoutEdgeCases();
  }

  private interface Flagged<T> {
    Step of(T subject, boolean flag);
  }

  private static <T> Arbitrary<Step> flagged(
      Arbitrary<T> subject, List<Boolean> flags, Flagged<T> step) {
    return Combinators.combine(subject, Arbitraries.of(flags)).as(step::of);
  }

  private static Arbitrary<Integer> below(int limit) {
    return Arbitraries.integers().between(0, limit - 1).withoutEdgeCases();
  }

  private static Arbitrary<Integer> tour() {
    return Arbitraries.of(0, 0, 0, 0, 1, 1, 2, 3, 4, 5);
  }

  private static Arbitrary<Duration> waits() {
    return Arbitraries.of(WAITS).map(Duration::parse);
  }

  private static Arbitrary<Optional<String>> page() {
    return Arbitraries.of(
        Optional.empty(), Optional.of("/a"), Optional.of("/a"), Optional.of("/b/c"));
  }

  private static Arbitrary<Set<String>> excepted() {
    return Arbitraries.of(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of("r0"), Set.of("r1", "r2"));
  }

  private static Arbitrary<Step> offered() {
    Arbitrary<Step.Proposal> proposal =
        Combinators.combine(
                below(RULES),
                below(FLOWS),
                Arbitraries.of(50, 50, 80),
                Arbitraries.of(-1, -1, -1, -1, -1, -1, 0, 3),
                Arbitraries.of(Cause.ACTION, Cause.OUTCOME),
                tour(),
                Arbitraries.of(0, 0, 0, 0, 0, 0, 20, 60, 61, 1_200))
            .as(Step.Proposal::new);
    return Combinators.combine(
            below(SESSIONS),
            Arbitraries.of(false, false, true),
            proposal.list().ofMinSize(1).ofMaxSize(3),
            page(),
            excepted())
        .as(Step.Offered::new);
  }

  private static Arbitrary<Step> requested() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Combinators.combine(below(SESSIONS), below(FLOWS), flag, flag).as(Step.Requested::new);
  }

  private static Arbitrary<Step> reported() {
    return Combinators.combine(
            tour(),
            outcomes(),
            Arbitraries.of(true, true, false),
            Arbitraries.of(0, 0, 7_200, 100 * 86_400))
        .as(Step.Reported::new);
  }

  /** Any, and seldom the one after which nothing happens any more. */
  private static Arbitrary<Outcome> outcomes() {
    return Arbitraries.frequencyOf(
        Tuple.of(30, Arbitraries.of(Outcome.class).filter(outcome -> outcome != Outcome.OPTED_OUT)),
        Tuple.of(1, Arbitraries.just(Outcome.OPTED_OUT)));
  }

  private static Arbitrary<Step> seen() {
    return Combinators.combine(
            tour(),
            Arbitraries.of(true, true, false),
            waits(),
            Arbitraries.of(
                Outcome.COMPLETED,
                Outcome.DISMISSED,
                Outcome.DISMISSED,
                Outcome.FAILED,
                Outcome.FAILED,
                Outcome.RUNNING))
        .as(Step.Seen::new);
  }

  private static Arbitrary<Step> lastCheck() {
    return Combinators.combine(tour(), page(), excepted()).as(Step.LastCheck::new);
  }

  private static Arbitrary<Step> claimed() {
    return Combinators.combine(below(SESSIONS), Arbitraries.of(true, false), Arbitraries.of(CLAIMS))
        .as(Step.Claimed::new);
  }

  private static Arbitrary<Step> switched() {
    return Combinators.combine(Arbitraries.of(Scope.class), below(3), Arbitraries.of(OFTEN))
        .as(Step.Switched::new);
  }

  static Arbitrary<TriggerPolicy> policies() {
    return Builders.withBuilder(TriggerPolicy::builder)
        .use(frequencies())
        .in(TriggerPolicy.Builder::oncePer)
        .use(Arbitraries.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(30)))
        .in(TriggerPolicy.Builder::betweenTours)
        .use(Arbitraries.of(Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
        .in(TriggerPolicy.Builder::cooldown)
        .use(Arbitraries.of(1, 2, 1_000, 1_000, 1_000))
        .in(TriggerPolicy.Builder::perUserPerHour)
        .use(Arbitraries.of(1, 3, 1_000, 1_000, 1_000))
        .in(TriggerPolicy.Builder::perUserPerDay)
        .use(Arbitraries.of(1, 3, 1_000, 1_000))
        .in(TriggerPolicy.Builder::perUserPerWeek)
        .use(Arbitraries.of(false, false, true))
        .in(TriggerPolicy.Builder::invite)
        .use(Arbitraries.of(false, false, true))
        .in((policy, never) -> never ? policy.neverOn(List.of("/b/**")) : policy)
        .use(Arbitraries.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.5))
        .in(TriggerPolicy.Builder::holdout)
        .use(
            Arbitraries.of(
                Mode.LIVE, Mode.LIVE, Mode.LIVE, Mode.LIVE, Mode.LIVE, Mode.TEST, Mode.SHADOW))
        .in(TriggerPolicy.Builder::mode)
        .use(
            Arbitraries.of(
                Map.<String, String>of(), Map.of("testers", "User.attribute('plan') == 'staff'")))
        .in(TriggerPolicy.Builder::segments)
        .use(Arbitraries.of(true, false, false))
        .in((policy, quiet) -> quiet ? policy.quiet(night()) : policy)
        .build(TriggerPolicy.Builder::build);
  }

  private static QuietHours night() {
    return new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));
  }

  private static Arbitrary<Frequency> frequencies() {
    return Arbitraries.of(
            "user", "session", "always", "always", "always", "always", "2 per 7d", "1 per 1h")
        .map(text -> Frequency.parse(text).orElseThrow());
  }

  /** The terms of the rules: most leave most of them open. */
  static Arbitrary<List<RuleTerms>> terms() {
    return Builders.withBuilder(RuleTerms::builder)
        .use(frequencies().optional(0.3))
        .in((terms, one) -> one.map(terms::oncePer).orElse(terms))
        .use(Arbitraries.of(Mode.class).optional(0.1))
        .in((terms, one) -> one.map(terms::mode).orElse(terms))
        .use(Arbitraries.of("PT10S", "PT10M", "P1D").map(Duration::parse).optional(0.3))
        .in((terms, one) -> one.map(terms::freshFor).orElse(terms))
        .use(Arbitraries.of(List.of("anywhere"), List.of("/a"), List.of("/b/**")).optional(0.3))
        .in((terms, one) -> one.map(terms::showOn).orElse(terms))
        .use(Arbitraries.of(true, false).optional(0.2))
        .in((terms, one) -> one.map(terms::invite).orElse(terms))
        .use(Arbitraries.of(true, false))
        .in(RuleTerms.Builder::followUp)
        .use(Arbitraries.of("PT0S", "P3D").map(Duration::parse).optional(0.2))
        .in((terms, one) -> one.map(terms::cooldown).orElse(terms))
        .use(Arbitraries.of("PT1H", "P1D", "P14D").map(Duration::parse).optional(0.2))
        .in((terms, one) -> one.map(terms::afterDismissal).orElse(terms))
        .use(Arbitraries.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0))
        .in(RuleTerms.Builder::rollout)
        .use(Arbitraries.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0))
        .in(RuleTerms.Builder::holdout)
        .use(
            Arbitraries.of(
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "testers",
                "!testers",
                "User.attribute('plan') == 'pro'",
                "User.attribute('plan') != 'pro'"))
        .in(RuleTerms.Builder::audience)
        .use(Arbitraries.of(0, 0, 0, 0, 0, 1, 2))
        .in(PolicySteps::dates)
        .build(RuleTerms.Builder::build)
        .list()
        .ofSize(RULES);
  }

  private static RuleTerms.Builder dates(RuleTerms.Builder terms, int how) {
    return switch (how) {
      case 1 -> terms.from(BEGIN.plus(Duration.ofHours(1)));
      case 2 -> terms.until(BEGIN.plus(Duration.ofDays(3)));
      default -> terms;
    };
  }
}
