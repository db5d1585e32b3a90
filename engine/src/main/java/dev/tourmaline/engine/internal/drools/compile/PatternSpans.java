package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Derives the retention of each pattern of a join: how long after a fact the last one may come that
 * completes a match with it. The last fact of a match is needed only by late ones.
 *
 * <p>The constraints {@code this after[1ms,2m] $a} and {@code this before[...] $a} form a simple
 * temporal network (Dechter, Meiri and Pearl 1991), solved by Floyd-Warshall in O(n^3), n being at
 * most 8; other constraints bound nothing.
 */
final class PatternSpans {

  private static final int MOST_PATTERNS = 8;
  private static final long UNBOUNDED = Retention.UNBOUNDED.toMillis();

  private final List<FactPattern> patterns;

  /** The distance matrix: by how much the second is later than the first at most, in ms. */
  private final long[][] ahead;

  private PatternSpans(List<FactPattern> patterns) {
    this.patterns = patterns;
    this.ahead = new long[patterns.size()][patterns.size()];
    for (int i = 0; i < ahead.length; i++) {
      Arrays.fill(ahead[i], UNBOUNDED);
      ahead[i][i] = 0;
    }
  }

  /** {@return for each of a rule's patterns, how long what it matched is needed} */
  static List<Duration> of(List<FactPattern> patterns) {
    if (patterns.size() > MOST_PATTERNS) {
      return patterns.stream().map(pattern -> Retention.UNBOUNDED).toList();
    }
    PatternSpans spans = new PatternSpans(patterns);
    for (int i = 0; i < patterns.size(); i++) {
      for (FactPattern.Constraint constraint : patterns.get(i).constraints()) {
        spans.read(i, constraint.tokens());
      }
    }
    spans.shortestPaths();
    return Arrays.stream(spans.ahead)
        .map(later -> Duration.ofMillis(Arrays.stream(later).max().orElse(0)))
        .toList();
  }

  /** Reads {@code this after [ 1ms , 2m ] $a}. */
  private void read(int pattern, List<DrlToken> tokens) {
    boolean relation =
        tokens.size() == 8
            && tokens.get(0).is("this")
            && tokens.get(2).is("[")
            && tokens.get(3).kind() == DrlToken.Kind.NUMBER
            && tokens.get(4).is(",")
            && tokens.get(5).kind() == DrlToken.Kind.NUMBER
            && tokens.get(6).is("]");
    Optional<Integer> other = relation ? bound(tokens.get(7)) : Optional.empty();
    if (other.isEmpty()) {
      return;
    }
    long most = Retention.longest(tokens, 2).orElse(Duration.ZERO).toMillis();
    if (tokens.get(1).is("after")) {
      apart(other.get(), pattern, most);
    } else if (tokens.get(1).is("before")) {
      apart(pattern, other.get(), most);
    }
  }

  /** The pattern that is bound to a variable. */
  private Optional<Integer> bound(DrlToken variable) {
    for (int i = 0; i < patterns.size(); i++) {
      if (variable.is(patterns.get(i).binding())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private void apart(int first, int second, long most) {
    ahead[first][second] = Math.min(ahead[first][second], most);
    ahead[second][first] = Math.min(ahead[second][first], 0);
  }

  private void shortestPaths() {
    for (int by = 0; by < ahead.length; by++) {
      for (int from = 0; from < ahead.length; from++) {
        for (int to = 0; to < ahead.length; to++) {
          long way = ahead[from][by] + ahead[by][to];
          ahead[from][to] = Math.min(ahead[from][to], way);
        }
      }
    }
  }
}
