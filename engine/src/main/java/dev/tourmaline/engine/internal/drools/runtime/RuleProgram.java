package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.prefilter.ExactCondition;
import dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter;
import dev.tourmaline.engine.internal.fact.ActionText;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.kie.api.KieBase;
import org.kie.api.definition.rule.Rule;

/**
 * The executable form of a rule base: the compiled rules, their prefilter, the durations of their
 * timers, and their quarantine. Shared by all lanes; thread-safe.
 */
public final class RuleProgram {

  private final CompiledRules compiled;
  private final List<RuleDefinition> rules;
  private final RulePrefilter prefilter;
  private final Map<String, RuleDefinition> byQualifiedName = new HashMap<>();
  private final long[] eventRules;
  private final boolean timed;
  private final boolean eventBased;
  private final boolean eager;
  private final long[] idleDurations;
  private final long[] dwellDurations;
  private final Quarantine quarantine;
  private final boolean asksForElements;
  private final Map<String, ExactCondition> exceptions = new HashMap<>();
  private final long[] identities;
  private final Map<Long, Integer> indexes = new HashMap<>();

  public RuleProgram(CompiledRules compiled) {
    this.compiled = compiled;
    this.rules = List.copyOf(compiled.rules());
    this.prefilter = new RulePrefilter(rules);
    this.quarantine = new Quarantine(rules.size());
    this.identities = rules.stream().mapToLong(RuleIdentity::of).toArray();
    this.eventRules = new long[prefilter.words()];
    boolean anyTimed = false;
    boolean anyEager = false;
    for (RuleDefinition rule : rules) {
      indexes.put(identities[rule.index()], rule.index());
      if (!rule.terms().unless().isEmpty()) {
        exceptions.put(
            rule.name(),
            ExactCondition.of("SessionFact", rule.terms().unless())
                .orElseThrow(() -> new IllegalStateException("@unless of " + rule.name())));
      }
      byQualifiedName.put(rule.packageName() + '.' + rule.name(), rule);
      if (!rule.step()) {
        eventRules[rule.index() >> 6] |= 1L << rule.index();
        anyTimed |= rule.patterns().stream().anyMatch(p -> p.negated() || !p.extra().isEmpty());
        PatternText first = rule.patterns().get(0);
        anyEager |= first.negated() || !first.extra().isEmpty();
      }
    }
    this.timed = anyTimed;
    this.eventBased = rules.stream().anyMatch(rule -> !rule.step());
    this.eager = anyEager;
    this.asksForElements = rules.stream().anyMatch(r -> ActionText.ELEMENT.isIn(reads(r)));
    this.idleDurations = durations("Idle");
    this.dwellDurations = durations("Dwell");
  }

  private long[] durations(String factType) {
    return rules.stream()
        .flatMap(rule -> rule.patterns().stream())
        .filter(pattern -> pattern.factType().equals(factType))
        .flatMap(pattern -> pattern.constraints().stream())
        .map(ConstraintExpression::parse)
        .flatMapToLong(RuleProgram::reached)
        .distinct()
        .sorted()
        .toArray();
  }

  /** The durations that an expression names with {@code reached}, wherever in it. */
  private static LongStream reached(ConstraintExpression expression) {
    if (expression instanceof Call call
        && call.name().equals("reached")
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Literal literal
        && literal.value() instanceof String window) {
      Optional<Duration> duration = Windows.parse(window);
      return duration.stream().mapToLong(Duration::toMillis);
    }
    return expression.parts().stream().flatMapToLong(RuleProgram::reached);
  }

  /** {@return the rules, by their number} */
  public List<RuleDefinition> rules() {
    return rules;
  }

  /**
   * {@return the durations of inactivity for which some rule names an {@code Idle}, ascending, in
   * ms}
   */
  public long[] idleDurations() {
    return idleDurations;
  }

  /**
   * {@return the durations of a visit for which some rule names a {@code Dwell}, ascending, in ms}
   */
  public long[] dwellDurations() {
    return dwellDurations;
  }

  /** {@return whether rules fire as time passes, without an event} */
  public boolean timed() {
    return timed;
  }

  /**
   * {@return whether a Drools session is created at the first action, rather than at the first
   * match}
   */
  boolean eager() {
    return eager;
  }

  boolean hasEventRules() {
    return eventBased;
  }

  long retentionMillis() {
    return prefilter.longestRetention();
  }

  RulePrefilter prefilter() {
    return prefilter;
  }

  /** How many longs hold a bit for each rule. */
  int words() {
    return prefilter.words();
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** Whether an event-pattern rule is among those of the mask. */
  boolean retains(long[] mask) {
    for (int word = 0; word < mask.length; word++) {
      if ((mask[word] & eventRules[word]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The event-pattern rules among those of the mask. */
  long[] eventRulesOf(long[] mask) {
    long[] those = mask.clone();
    for (int word = 0; word < those.length; word++) {
      those[word] &= eventRules[word];
    }
    return those;
  }

  /** {@return whether a rule is switched off for its failures} */
  public boolean isQuarantined(RuleDefinition rule) {
    return quarantine.holds(rule.index());
  }

  /** {@return whether the exception of a rule, {@code @unless}, holds in a session at present} */
  public boolean isExcepted(String rule, HistoryFact present) {
    ExactCondition exception = exceptions.get(rule);
    return exception != null && exception.holds(present);
  }

  /** {@return whether a rule asks for clicks on one element} */
  public boolean asksForElements() {
    return asksForElements;
  }

  /** The texts that a rule may read of past actions, as bits of {@link ActionText}. */
  private static int reads(RuleDefinition rule) {
    return rule.patterns().stream().mapToInt(PatternText::reads).reduce(0, (a, b) -> a | b);
  }

  /** Those that the rules of a mask may read. */
  int reads(long[] mask) {
    int reads = 0;
    for (RuleDefinition rule : rules) {
      reads |= RuleMask.holds(mask, rule) ? reads(rule) : 0;
    }
    return reads;
  }

  /** {@return what a rule is called in the logs of sessions, in every process} */
  public long identity(int rule) {
    return identities[rule];
  }

  /** The rule of an identity; empty if there is none. */
  OptionalInt ruleOf(long identity) {
    Integer index = indexes.get(identity);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  RuleDefinition definition(Rule rule) {
    RuleDefinition known = byQualifiedName.get(rule.getPackageName() + '.' + rule.getName());
    if (known == null) {
      throw new IllegalStateException("no definition of rule " + rule.getName());
    }
    return known;
  }

  /** The rule whose compiled condition is on the stack; empty text if there is none. */
  String ruleWithConditionIn(StackTraceElement[] stack) {
    ClassLoader classes = compiled.classes();
    for (StackTraceElement frame : stack) {
      Optional<String> rule = CompiledCondition.ruleOf(frame.getClassName(), classes);
      if (rule.isPresent()) {
        return rule.get();
      }
    }
    return "";
  }

  Optional<RuleDefinition> named(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  KieBase kieBase() {
    return compiled.kieBase();
  }
}
