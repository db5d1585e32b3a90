package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps the rule indexes of earlier programs to those of the present one, so that a retained action
 * stays with the rules that matched it, and new rules see only later ones. Belongs to one lane.
 */
final class RuleIndexMigration {

  /** A session sleeps for half an hour at most; rules change less often than this meanwhile. */
  private static final int REMEMBERED = 64;

  private static final int NONE = -1;

  private final Map<Integer, int[]> byFingerprint = new LinkedHashMap<>();

  /** What makes a rule the same, wherever it stands. */
  private record Identity(String packageName, String name, List<List<Object>> patterns) {

    static Identity of(RuleDefinition rule) {
      return new Identity(
          rule.packageName(),
          rule.name(),
          rule.patterns().stream().map(Identity::pattern).toList());
    }

    private static List<Object> pattern(PatternText p) {
      return List.of(p.factType(), p.constraints(), p.negated(), p.binding(), p.extra());
    }
  }

  /** Adds a program and its own predecessors. */
  void follow(RuleProgram before, RuleIndexMigration earlier, RuleProgram now) {
    int[] next = indexes(before, now);
    earlier.byFingerprint.forEach(
        (fingerprint, indexes) ->
            byFingerprint.put(
                fingerprint,
                Arrays.stream(indexes).map(i -> i == NONE ? NONE : next[i]).toArray()));
    byFingerprint.put(before.fingerprint(), next);
    while (byFingerprint.size() > REMEMBERED) {
      byFingerprint.remove(byFingerprint.keySet().iterator().next());
    }
  }

  private static int[] indexes(RuleProgram before, RuleProgram now) {
    Map<Identity, Integer> places = new HashMap<>();
    now.rules().forEach(rule -> places.put(Identity.of(rule), rule.index()));
    return before.rules().stream()
        .mapToInt(rule -> places.getOrDefault(Identity.of(rule), NONE))
        .toArray();
  }

  /**
   * {@return the rules of a mask by their present indexes; empty if that program is not remembered}
   */
  Optional<long[]> of(int fingerprint, long[] rules, int words) {
    int[] indexes = byFingerprint.get(fingerprint);
    if (indexes == null) {
      return Optional.empty();
    }
    long[] migrated = new long[words];
    for (int rule = 0; rule < indexes.length; rule++) {
      boolean taken = (rules[rule >> 6] >> rule & 1) != 0;
      if (taken && indexes[rule] != NONE) {
        migrated[indexes[rule] >> 6] |= 1L << indexes[rule];
      }
    }
    return Optional.of(migrated);
  }
}
