package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A visitor, a policy and an offer, with just the gates closed that it is asked for. */
final class Scenario {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("p", "s");
  private static final String USER = "u";
  private static final String RULE = "rule";
  private static final String FLOW = "flow";
  private static final String ANOTHER_FLOW = "another flow";
  private static final String ID = "id";
  private static final int ANY = 1_000;

  private final TriggerPolicy.Builder policy =
      TriggerPolicy.builder()
          .oncePer(Frequency.ALWAYS)
          .betweenTours(Duration.ZERO)
          .perUserPerDay(ANY)
          .perUserPerWeek(ANY);
  private final RuleTerms.Builder terms = RuleTerms.builder();
  private final SwitchBoard switches = new SwitchBoard(SwitchStore.inMemory());
  private final List<Runnable> past = new ArrayList<>();
  private final List<Runnable> lately = new ArrayList<>();
  private PolicyMemory memory = new PolicyMemory(TriggerPolicy.defaults());
  private Surroundings surroundings = Surroundings.unknown();
  private Set<String> excepted = Set.of();
  private Optional<String> page = Optional.empty();
  private Duration delay = Duration.ZERO;
  private boolean isOutranked;
  private int tours;

  private Scenario() {}

  static Scenario with(Reason... closed) {
    return with(List.of(closed));
  }

  static Scenario with(Collection<Reason> closed) {
    Scenario scenario = new Scenario();
    closed.forEach(scenario::close);
    scenario.memory =
        new PolicyMemory(
            new PolicyMemory.Parts(
                scenario.policy.build(),
                new InMemoryUsers(),
                scenario.switches,
                KnownAttributes.ofTokens(),
                Objectors.nobody(),
                rule -> Optional.empty()));
    scenario.surroundings = new Surroundings(scenario.page, scenario.excepted);
    scenario.past.forEach(Runnable::run);
    scenario.lately.forEach(Runnable::run);
    return scenario;
  }

  private void close(Reason reason) {
    switch (reason) {
      case ALREADY_DECIDED ->
          past.add(
              () -> {
                RuleTerms over = RuleTerms.builder().until(Instant.EPOCH).build();
                memory.judge(List.of(offer(ID, RULE, FLOW, 50, over)), NOW);
              });
      case SWITCHED_OFF ->
          switches.set(new Switch(Switch.Scope.RULE, "p", RULE, false, "Ada", "", NOW));
      case OPTED_OUT -> lately.add(() -> memory.wantsTours(SESSION, USER, false));
      case OUT_OF_DATES -> terms.from(NOW.plusSeconds(1));
      case NEVER_ON -> policy.neverOn(List.of("/**"));
      case STALE -> delay = Duration.ofSeconds(61);
      case ELSEWHERE -> page = Optional.of("/elsewhere");
      case UNLESS -> {
        terms.unless("clickedWithin('10m')");
        excepted = Set.of(RULE);
      }
      case TESTERS_ONLY -> terms.mode(Mode.TEST);
      case AUDIENCE -> terms.audience("User.attribute('plan') == 'pro'");
      case ROLLOUT -> terms.rollout(0);
      case QUIET_HOURS ->
          policy.quiet(new QuietHours(LocalTime.of(9, 0), LocalTime.of(11, 0), ZoneOffset.UTC));
      case ONCE -> {
        terms.oncePer(Frequency.ONCE_PER_USER);
        past.add(() -> tour(FLOW, Duration.ofDays(9), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case TOUR_RUNNING ->
          lately.add(() -> tour(ANOTHER_FLOW, Duration.ofSeconds(30), Outcome.SHOWN));
      case DISMISSED ->
          past.add(() -> tour(FLOW, Duration.ofHours(20), Outcome.SHOWN, Outcome.DISMISSED));
      case SNOOZED ->
          past.add(() -> tour(FLOW, Duration.ofHours(20), Outcome.INVITED, Outcome.SNOOZED));
      case FAILED ->
          past.add(
              () -> {
                tour(FLOW, Duration.ofHours(21), Outcome.FAILED);
                tour(FLOW, Duration.ofHours(20), Outcome.FAILED);
              });
      case COOLDOWN -> {
        terms.cooldown(Duration.ofDays(20));
        past.add(() -> tour(FLOW, Duration.ofDays(9), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case BETWEEN_TOURS -> {
        policy.betweenTours(Duration.ofDays(20));
        past.add(() -> tour(ANOTHER_FLOW, Duration.ofDays(9), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case HOURLY_CAP -> {
        policy.perUserPerHour(1);
        past.add(
            () -> tour(ANOTHER_FLOW, Duration.ofMinutes(50), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case DAILY_CAP -> {
        policy.perUserPerDay(1);
        past.add(() -> tour(ANOTHER_FLOW, Duration.ofHours(20), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case WEEKLY_CAP -> {
        policy.perUserPerWeek(1);
        past.add(() -> tour(ANOTHER_FLOW, Duration.ofDays(6), Outcome.SHOWN, Outcome.COMPLETED));
      }
      case OUTRANKED -> isOutranked = true;
    }
  }

  /** A tour that another rule has had shown, as a server may force it, and what became of it. */
  private void tour(String flow, Duration ago, Outcome... reported) {
    Instant at = NOW.minus(ago);
    String id = "tour " + tours++;
    Offer offer = Offer.withoutRule(id, SESSION, USER, flow, "", at);
    memory.judge(offer, at, Origin.MANUAL, true);
    TourTrigger trigger = new TourTrigger(offer, at, Origin.MANUAL, false);
    for (Outcome outcome : reported) {
      memory.feedback(new TourFeedback(id, SESSION, outcome, 0), trigger, at);
      at = at.plusSeconds(20);
    }
  }

  private Offer offer() {
    return offer(ID, RULE, FLOW, 50, terms.build());
  }

  private Offer offer(String id, String rule, String flow, int priority, RuleTerms its) {
    Moment moment = new Moment(Cause.ACTION, "/billing", delay, NOW, "");
    return new Offer(id, SESSION, USER, rule, flow, priority, 0, "", NOW, moment, its);
  }

  /** What becomes of the offer: a gate, or {@code admitted}. */
  Object judged() {
    List<Offer> offers = new ArrayList<>(List.of(offer()));
    if (isOutranked) {
      offers.add(offer("better", "better rule", "better flow", 90, RuleTerms.none()));
    }
    return said(
        memory.judge(offers, surroundings, NOW).stream()
            .filter(decision -> decision.offer().id().equals(ID))
            .findFirst()
            .orElseThrow());
  }

  /** What becomes of the offer if a server forces it. */
  Object forced() {
    return said(memory.judge(offer(), NOW, Origin.MANUAL, true));
  }

  private static Object said(Decision decision) {
    Function<Decision.Suppressed, Object> reason = Decision.Suppressed::reason;
    return decision instanceof Decision.Suppressed held ? reason.apply(held) : decision.word();
  }

  boolean isClosedAtTheLastCheck() {
    TourTrigger trigger = new TourTrigger(offer(), NOW, Origin.RULE, false);
    return memory.objection(trigger, surroundings, NOW).isPresent();
  }
}
