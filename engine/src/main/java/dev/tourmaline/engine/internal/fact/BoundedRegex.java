package dev.tourmaline.engine.internal.fact;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Matching by regular expressions under a budget. Java's matcher backtracks: its time can grow with
 * a power of the text's length, or exponentially, and its stack with the length. Here the
 * characters it reads are counted, and the count bounded in proportion to the text.
 */
public final class BoundedRegex {

  /** Characters that any match may read, and those it may read for each one of a long text. */
  private static final int LEAST_READS = 1_000_000;

  private static final int READS_PER_CHARACTER = 100;

  /** The budget of time is polled at every so many characters: a power of two. */
  private static final int POLLED = 1_024;

  private static final int SHOWN = 100;

  private static final LoadingCache<String, Pattern> PATTERNS =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(1_000).build(BoundedRegex::compile);

  private BoundedRegex() {}

  /**
   * {@return whether the whole of a text matches a regular expression, as by the operator of DRL;
   * what is null matches none}
   *
   * @throws RuleBudgetExceeded if that takes too many steps, too much time or stack
   * @throws IllegalArgumentException if it is no regular expression
   */
  public static boolean matches(@Nullable Object text, @Nullable Object regex) {
    if (text == null) {
      return false;
    }
    if (regex == null) {
      throw new IllegalArgumentException("a text was matched with a regular expression of null");
    }
    return matches((CharSequence) text, regex.toString());
  }

  /** The negation of {@link #matches} with a literal; of null, DRL knows neither. */
  public static boolean mismatches(@Nullable Object text, String regex) {
    return text != null && !matches(text, regex);
  }

  private static boolean matches(CharSequence text, String regex) {
    String fault;
    boolean ofTime = false;
    try {
      return PATTERNS.get(regex).matcher(new CountedText(text)).matches();
    } catch (StackOverflowError e) {
      fault = "needs more stack than there is";
    } catch (Stop e) {
      fault = e.fault;
      ofTime = e.ofTime;
    }
    // Thrown from here, its stack trace still shows the rule.
    throw new RuleBudgetExceeded(
        "the regular expression %s %s on a text of %d characters"
            .formatted(shown(regex), fault, text.length()),
        ofTime);
  }

  private static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s is no regular expression: %s".formatted(shown(regex), e.getDescription()), e);
    }
  }

  /** It may have been made of a visitor's text. */
  private static String shown(String regex) {
    return regex.length() <= SHOWN ? regex : regex.substring(0, SHOWN) + "...";
  }

  /** A text that counts the characters read. */
  private static final class CountedText implements CharSequence {

    private final CharSequence text;
    private final @Nullable RuleBudget budget = RuleBudget.current();
    private final long most;
    private long reads;

    CountedText(CharSequence text) {
      this.text = text;
      this.most = Math.max(LEAST_READS, (long) READS_PER_CHARACTER * text.length());
    }

    @Override
    public char charAt(int index) {
      if ((++reads & (POLLED - 1)) == 0) {
        poll();
      }
      return text.charAt(index);
    }

    private void poll() {
      if (reads > most) {
        throw new Stop("reads more than " + most + " characters", false);
      }
      if (budget != null && budget.isExceeded()) {
        throw new Stop(budget.fault(), true);
      }
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Unwinds a matcher, however deep it is. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String fault;
    private final boolean ofTime;

    Stop(String fault, boolean ofTime) {
      super(fault, null, false, false);
      this.fault = fault;
      this.ofTime = ofTime;
    }
  }
}
