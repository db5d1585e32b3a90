package dev.tourmaline.engine.internal.drools.prefilter;

import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.ActionKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An index of rules in front of Drools that tells which ones could match a fact: false positives
 * occur, false negatives do not.
 *
 * <p>Every rule has a necessary condition, compiled from its patterns as far as they are
 * understood; what is not understood counts as true. A fact that no rule could match is not
 * inserted. Rules are hashed by the kind of action and the path they name, so that most are never
 * tested. Immutable; each lane brings its own {@link CallResults}.
 */
public final class RulePrefilter {

  private final int words;
  private final long longestRetention;
  private final Candidates[] actions;
  private final Map<Class<?>, Candidates> others = new HashMap<>();
  private final ConditionCompiler compiler = new ConditionCompiler();

  /** Reads the necessary conditions of rules. */
  public RulePrefilter(List<RuleDefinition> rules) {
    longestRetention = rules.stream().mapToLong(r -> r.retention().toMillis()).max().orElse(0);
    words = (rules.size() + 63) / 64;
    Map<String, List<Candidate>> candidates = new HashMap<>();
    for (RuleDefinition rule : rules) {
      for (PatternText pattern : rule.patterns()) {
        candidates
            .computeIfAbsent(pattern.factType(), type -> new ArrayList<>())
            .add(candidate(rule, pattern));
      }
    }
    actions = new Candidates[ActionKind.COUNT];
    for (int kind = 0; kind < actions.length; kind++) {
      actions[kind] = new Candidates(matching(Action.class, candidates), kind);
    }
    for (PredicateTable table : PredicateTable.all()) {
      others.put(
          table.type(), new Candidates(matching(table.type(), candidates), ActionKind.OTHER));
    }
  }

  /** {@return how many longs hold a bit for each rule} */
  public int words() {
    return words;
  }

  /** {@return how long any rule needs a fact at most, in milliseconds} */
  public long longestRetention() {
    return longestRetention;
  }

  /** {@return what one lane brings to {@link #mark}} */
  public CallResults newResults() {
    return new CallResults(compiler.calls());
  }

  /**
   * Sets the bit of every rule that could take the fact.
   *
   * @return whether there is one
   */
  public boolean mark(HistoryFact fact, CallResults results, long[] rules) {
    Arrays.fill(rules, 0);
    results.next();
    Candidates candidates =
        fact instanceof ActionFact action
            ? actions[action.kind()]
            : Objects.requireNonNull(others.get(fact.type()));
    return candidates.mark(fact, results, rules);
  }

  /** The candidates of all patterns that a fact of a type can match. */
  private static List<Candidate> matching(
      Class<?> fact, Map<String, List<Candidate>> candidatesByPattern) {
    return PredicateTable.all().stream()
        .filter(pattern -> pattern.type().isAssignableFrom(fact))
        .flatMap(
            pattern ->
                candidatesByPattern
                    .getOrDefault(pattern.type().getSimpleName(), List.of())
                    .stream())
        .toList();
  }

  private Candidate candidate(RuleDefinition rule, PatternText pattern) {
    boolean action = pattern.factType().equals("Action");
    List<Condition> conditions = new ArrayList<>();
    String page = null;
    boolean[] kinds = new boolean[ActionKind.COUNT];
    Arrays.fill(kinds, true);
    for (String text : pattern.constraints()) {
      ConstraintExpression expression = ConstraintExpression.parse(text);
      if (action
          && expression instanceof Property property
          && ActionKind.ofProperty(property.name()) != ActionKind.ANY) {
        int only = ActionKind.ofProperty(property.name());
        for (int kind = 0; kind < kinds.length; kind++) {
          kinds[kind] &= kind == only;
        }
      } else if (page == null && pathLiteral(expression) != null) {
        page = pathLiteral(expression);
      } else {
        compiler.necessary(pattern.factType(), expression).ifPresent(conditions::add);
      }
    }
    long span = pattern.span().map(Duration::toMillis).orElse(longestRetention);
    long retention = rule.step() ? 0 : Math.min(span, longestRetention);
    return new Candidate(
        rule.index(),
        kinds,
        page,
        conditions.toArray(Condition[]::new),
        retention,
        rule.step() ? 0 : pattern.reads());
  }

  private static @Nullable String pathLiteral(ConstraintExpression expression) {
    return expression instanceof Compare compare
            && compare.operator() == Operator.EQUAL
            && compare.left() instanceof Property property
            && property.name().equals("path")
            && compare.right() instanceof Literal literal
            && literal.value() instanceof String path
        ? path
        : null;
  }

  private record Candidate(
      int rule,
      boolean[] kinds,
      @Nullable String page,
      Condition[] conditions,
      long retention,
      int reads) {

    boolean could(SessionFact fact, CallResults results) {
      for (Condition condition : conditions) {
        if (!condition.holds(fact, results)) {
          return false;
        }
      }
      return true;
    }
  }

  /** The candidates for one kind of action: those of any page, and those of one page each. */
  private static final class Candidates {

    private static final Candidate[] NONE = {};

    private final Candidate[] anywhere;
    private final Map<String, Candidate[]> byPage = new HashMap<>();

    Candidates(List<Candidate> all, int kind) {
      List<Candidate> ofKind = all.stream().filter(c -> c.kinds()[kind]).toList();
      anywhere = ofKind.stream().filter(c -> c.page() == null).toArray(Candidate[]::new);
      Map<String, List<Candidate>> pages = new HashMap<>();
      for (Candidate candidate : ofKind) {
        if (candidate.page() != null) {
          pages.computeIfAbsent(candidate.page(), page -> new ArrayList<>()).add(candidate);
        }
      }
      pages.forEach((page, list) -> byPage.put(page, list.toArray(Candidate[]::new)));
    }

    boolean mark(SessionFact fact, CallResults results, long[] rules) {
      boolean any = mark(anywhere, fact, results, rules);
      if (byPage.isEmpty()) {
        return any;
      }
      return mark(byPage.getOrDefault(fact.getPath(), NONE), fact, results, rules) || any;
    }

    private static boolean mark(
        Candidate[] candidates, SessionFact fact, CallResults results, long[] rules) {
      boolean any = false;
      for (Candidate candidate : candidates) {
        if (candidate.could(fact, results)) {
          rules[candidate.rule() >> 6] |= 1L << candidate.rule();
          results.retention = Math.max(results.retention, candidate.retention);
          results.reads |= candidate.reads;
          any = true;
        }
      }
      return any;
    }
  }

  /** The memoised predicate results of the current fact. Belongs to one lane. */
  public static final class CallResults {

    private final double[] values;
    private final long[] askedFor;
    private long fact;
    private long retention;
    private int reads;

    CallResults(int calls) {
      values = new double[calls];
      askedFor = new long[calls];
    }

    void next() {
      fact++;
      retention = 0;
      reads = 0;
    }

    /** How long the rules that could match the fact need it, in milliseconds. */
    public long retention() {
      return retention;
    }

    /** The texts that these may read of it later, as bits of {@code ActionText}. */
    public int reads() {
      return reads;
    }

    double of(int call, Condition.Value value, SessionFact subject) {
      if (askedFor[call] != fact) {
        values[call] = value.of(subject, this);
        askedFor[call] = fact;
      }
      return values[call];
    }
  }
}
