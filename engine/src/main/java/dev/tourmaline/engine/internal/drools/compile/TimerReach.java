package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Warns of timers that are due after the end of every session: a session ends after a while without
 * an event, or at its greatest age, and its clock runs behind by the grace for late actions.
 */
final class TimerReach {

  /** By how much a session's clock runs behind, so that late actions are in time. */
  static final Duration GRACE = Duration.ofSeconds(15);

  private static final SessionLimits LIMITS = SessionLimits.defaults();
  private static final Map<String, Duration> LONGEST =
      Map.of(
          "Idle", LIMITS.idleTimeout().minus(GRACE),
          "Dwell", LIMITS.maxAge().minus(GRACE));

  private TimerReach() {}

  static void check(RuleText rule, FactPattern pattern, Problems problems) {
    Duration longest = LONGEST.get(pattern.fact());
    if (longest == null) {
      return;
    }
    pattern.constraints().stream()
        .map(FactPattern.Constraint::expression)
        .flatMap(TimerReach::reached)
        .filter(window -> Windows.parse(window).filter(d -> d.compareTo(longest) > 0).isPresent())
        .forEach(
            window ->
                problems.warning(
                    rule,
                    pattern.type().line(),
                    ("%s( reached(\"%s\") ) is never due: sessions end before that; the longest"
                            + " that is due is %s")
                        .formatted(pattern.fact(), window, text(longest))));
  }

  private static Stream<String> reached(ConstraintExpression expression) {
    if (expression instanceof Call call
        && call.name().equals("reached")
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Literal literal
        && literal.value() instanceof String window) {
      return Stream.of(window);
    }
    return expression.parts().stream().flatMap(TimerReach::reached);
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
