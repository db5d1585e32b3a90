package dev.tourmaline.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.live.SystemThreads;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleSet;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An interning cache of compiled rules by their text: tenants with the same rules share one base,
 * for as long as one of them uses it. Thread-safe.
 */
final class RuleBases {

  /** Each takes some tens of megabytes while it lasts. */
  private static final int MOST_AT_A_TIME = 4;

  private static final int SLOTS = 1_024;

  private final Optional<Path> cache;
  private final Cache<RuleSet, CompiledRules> used =
      Caffeine.newBuilder()
          .weakValues()
          // A compilation locks its slot: with so many, hardly ever another one's.
          .initialCapacity(SLOTS)
          .executor(Runnable::run)
          .build();

  RuleBases(Optional<Path> cache) {
    this.cache = cache;
  }

  /**
   * {@return the rules, compiled}
   *
   * @throws InvalidRulesException with every problem of every file
   */
  RuleBase of(RuleSet rules) {
    return new RuleBase(used.get(rules, text -> RuleBase.compile(text, cache).compiled()));
  }

  /** The outcome of one compilation. */
  sealed interface Outcome {

    /** Rules that may run. */
    record Compiled(RuleBase rules) implements Outcome {}

    /** Rules with errors. */
    record Refused(InvalidRulesException problems) implements Outcome {}
  }

  /** {@return the outcome for each different text; several are compiled at a time} */
  Map<RuleSet, Outcome> ofAll(Collection<RuleSet> texts) {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService compilers =
        Executors.newFixedThreadPool(
            Math.min(MOST_AT_A_TIME, processors), SystemThreads.named("tourmaline-compile"));
    try {
      Map<RuleSet, CompletableFuture<Outcome>> running = new LinkedHashMap<>();
      for (RuleSet text : texts) {
        running.computeIfAbsent(
            text, rules -> CompletableFuture.supplyAsync(() -> outcome(rules), compilers));
      }
      Map<RuleSet, Outcome> outcomes = new LinkedHashMap<>();
      running.forEach((text, outcome) -> outcomes.put(text, join(outcome)));
      return outcomes;
    } finally {
      compilers.shutdownNow();
    }
  }

  private Outcome outcome(RuleSet rules) {
    try {
      return new Outcome.Compiled(of(rules));
    } catch (InvalidRulesException e) {
      return new Outcome.Refused(e);
    }
  }

  private static Outcome join(CompletableFuture<Outcome> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
