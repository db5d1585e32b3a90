package dev.tourmaline.engine.trigger;

import dev.tourmaline.engine.fact.Windows;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a flow is shown: so many times to a user, or in a session, within a window. Immutable.
 *
 * @param scope whose tours are counted
 * @param times how many are allowed, at least 1
 * @param window within which they are counted, the present included; {@link #FOR_EVER} for all that
 *     is remembered
 */
public record Frequency(Scope scope, int times, Duration window) {

  private static final Pattern TIMES = Pattern.compile("([1-9]\\d{0,8}) per (\\w+)");

  /** The window that holds all that is remembered. */
  public static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** Once for a user, over all sessions. */
  public static final Frequency ONCE_PER_USER = new Frequency(Scope.USER, 1, FOR_EVER);

  /** Once in a session. */
  public static final Frequency ONCE_PER_SESSION = new Frequency(Scope.SESSION, 1, FOR_EVER);

  /** As often as it is offered. */
  public static final Frequency ALWAYS =
      new Frequency(Scope.USER, Integer.MAX_VALUE, Duration.ZERO);

  /** Whose tours are counted. */
  public enum Scope {
    /** Those of the user, over all sessions. */
    USER,
    /** Those of the session. */
    SESSION
  }

  /**
   * Makes a frequency.
   *
   * @param scope whose tours are counted
   * @param times how many are allowed
   * @param window within which they are counted
   * @throws IllegalArgumentException if none is allowed, or the window is negative
   */
  public Frequency {
    Objects.requireNonNull(scope, "scope");
    if (times < 1 || window.isNegative()) {
      throw new IllegalArgumentException(
          "%d times within %s: it must be at least once within zero or more"
              .formatted(times, window));
    }
  }

  /**
   * {@return so many times for a user within a window}
   *
   * @param times at least 1
   * @param window zero or more
   */
  public static Frequency times(int times, Duration window) {
    return new Frequency(Scope.USER, times, window);
  }

  /**
   * {@return the frequency that a text stands for: {@code user}, {@code session}, {@code always},
   * or such as {@code 3 per 7d}; empty if it is none}
   *
   * @param text as rules and configurations write it
   */
  public static Optional<Frequency> parse(String text) {
    return switch (text) {
      case "user" -> Optional.of(ONCE_PER_USER);
      case "session" -> Optional.of(ONCE_PER_SESSION);
      case "always" -> Optional.of(ALWAYS);
      default -> {
        Matcher matcher = TIMES.matcher(text);
        yield matcher.matches()
            ? Windows.parse(matcher.group(2))
                .map(window -> times(Integer.parseInt(matcher.group(1)), window))
            : Optional.empty();
      }
    };
  }

  /** {@return whether nothing is ever held back by it} */
  public boolean isUnlimited() {
    return times == Integer.MAX_VALUE;
  }

  /** {@return it as rules and configurations write it, such as {@code user} or {@code 3 per 7d}} */
  @Override
  public String toString() {
    if (isUnlimited()) {
      return "always";
    }
    String whom = scope == Scope.USER ? "user" : "session";
    if (window.equals(FOR_EVER)) {
      return times == 1 ? whom : times + " per " + whom;
    }
    return times + " per " + Spans.of(window);
  }
}
