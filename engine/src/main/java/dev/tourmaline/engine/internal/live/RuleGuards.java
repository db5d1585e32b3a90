package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.effect.RateTest;
import dev.tourmaline.engine.internal.policy.UserTours.Ending;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guards of rules: a rule whose tours are closed early, or fail, more often than its {@code
 * @guard} allows goes into shadow, by a sequential test, until it is edited or switched on.
 * Thread-safe.
 */
final class RuleGuards {

  private final Map<String, Watched> byRule = new ConcurrentHashMap<>();

  /** A rule that is watched, and why it is in shadow; empty text while it is not. */
  private record Watched(long identity, RateTest dismissals, RateTest failures, String why) {

    static Watched of(long identity, RuleDefinition rule) {
      return new Watched(
          identity,
          new RateTest(rule.terms().guard().orElseThrow().dismissals()),
          new RateTest(rule.terms().guard().orElseThrow().failures()),
          "");
    }

    Watched inShadow(String because) {
      return new Watched(identity, dismissals, failures, because);
    }
  }

  /** Watches the rules of a program; one that is unchanged goes on as it stands. */
  synchronized void define(RuleProgram program) {
    Map<String, Watched> next = new HashMap<>();
    for (RuleDefinition rule : program.rules()) {
      if (rule.terms().guard().isPresent()) {
        long identity = 31 * program.identity(rule.index()) + rule.terms().hashCode();
        Watched before = byRule.get(rule.name());
        boolean unchanged = before != null && before.identity() == identity;
        next.put(rule.name(), unchanged ? before : Watched.of(identity, rule));
      }
    }
    byRule.keySet().retainAll(next.keySet());
    byRule.putAll(next);
  }

  /** {@return why a rule is in shadow by itself; empty if it is not} */
  Optional<String> why(String rule) {
    Watched watched = byRule.get(rule);
    return watched == null || watched.why().isEmpty()
        ? Optional.empty()
        : Optional.of(watched.why());
  }

  /** Takes in how a tour has ended; {@return why its rule goes into shadow now, if it does} */
  synchronized Optional<String> ended(String rule, Ending ending) {
    Watched watched = byRule.get(rule);
    if (watched == null || !watched.why().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> why = Optional.empty();
    if (watched.failures().observe(ending == Ending.FAILED)) {
      why = Optional.of("its tours fail: " + watched.failures());
    }
    if (ending != Ending.FAILED && watched.dismissals().observe(ending == Ending.DISMISSED_EARLY)) {
      why = Optional.of("its tours are closed early: " + watched.dismissals());
    }
    why.ifPresent(because -> byRule.put(rule, watched.inShadow(because)));
    return why;
  }

  /** Begins anew with a rule: somebody has looked at it. */
  synchronized void reset(String rule, RuleProgram program) {
    byRule.remove(rule);
    define(program);
  }
}
