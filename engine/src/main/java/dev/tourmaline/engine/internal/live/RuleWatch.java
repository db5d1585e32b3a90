package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.effect.MatchCollapse;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.effect.DailyMatches;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.UserTours.Ending;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what becomes of rules over days: how their tours end, how often they match, and what they
 * bring about. Says so in the log, in the counters and to listeners. Thread-safe.
 */
final class RuleWatch {

  private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

  private final RuleGuards guards;
  private final RuleEffects effects;
  private final DailyMatches matches = new DailyMatches();
  private final Listeners listeners;
  private final Counters counters;
  private final InstantSource clock;
  private volatile RuleProgram program;

  RuleWatch(
      PolicyMemory policy,
      double holdoutOfAll,
      RuleGuards guards,
      RuleProgram program,
      Listeners listeners,
      Counters counters,
      InstantSource clock) {
    this.guards = guards;
    this.effects = new RuleEffects(policy, holdoutOfAll);
    this.listeners = listeners;
    this.counters = counters;
    this.clock = clock;
    this.program = program;
    define(program);
  }

  /** Takes other rules; what is known of those that are unchanged stays. */
  void define(RuleProgram next) {
    program = next;
    guards.define(next);
    effects.define(next);
    matches.retain(
        next.rules().stream().map(rule -> rule.name()).collect(Collectors.toUnmodifiableSet()));
  }

  void matched(String rule) {
    matches.matched(rule, clock.instant());
  }

  void decided(Decision decision) {
    effects.decided(decision, clock.instant());
  }

  void acted(SessionKey session, String userId, int kind, String path, long now) {
    effects.acted(session, userId, kind, path, Instant.ofEpochMilli(now));
  }

  void userKnown(SessionKey session, String userId) {
    effects.userKnown(session, userId);
  }

  void ended(String rule, Ending ending) {
    guards
        .ended(rule, ending)
        .ifPresent(
            why -> {
              counters.count(Counters.Of.GUARDED);
              LOG.error(
                  "rule \"{}\" goes into shadow by itself: {}. Edit it, or switch it on",
                  OneLine.of(rule),
                  why);
              listeners.tell(listener -> listener.ruleGuarded(rule, why));
            });
  }

  /** Begins anew with the guard of a rule. */
  void reset(String rule) {
    guards.reset(rule, program);
  }

  /** Lets time pass. */
  void advance() {
    Instant now = clock.instant();
    effects.advance(now);
    for (MatchCollapse collapse : matches.advance(now)) {
      LOG.warn("{}", OneLine.of(collapse.toString()));
      listeners.tell(listener -> listener.matchesCollapsed(collapse));
    }
  }

  EffectReport effects() {
    return effects.report(clock.instant());
  }
}
