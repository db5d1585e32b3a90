package dev.tourmaline.engine.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BoundedRegexTest {

  private static final String TITLE = "help ".repeat(12_000);

  @Property(tries = 2_000)
  void itMatchesWhatJavaMatches(
      @ForAll @CharRange(from = '(', to = '+') @CharRange(from = 'a', to = 'c') String regex,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 8) String text) {
    boolean java;
    try {
      java = text.matches(regex);
    } catch (PatternSyntaxException e) {
      assertThatThrownBy(() -> BoundedRegex.matches(text, regex))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    assertThat(BoundedRegex.matches(text, regex)).isEqualTo(java);
  }

  @Test
  void aVisitorsLongTitleCannotMakeARegexRunForHours() {
    assertThatThrownBy(() -> BoundedRegex.matches(TITLE, ".*help.*help.*now.*"))
        .isInstanceOf(RuleBudgetExceeded.class)
        .hasMessage(
            "the regular expression .*help.*help.*now.* reads more than 6000000 characters on a"
                + " text of 60000 characters");
    assertThatThrownBy(() -> BoundedRegex.matches("a".repeat(40) + "!", "(.*a){12}b"))
        .isInstanceOf(RuleBudgetExceeded.class);
  }

  @Test
  void aLongTitleAloneExceedsNoBound() {
    assertThat(BoundedRegex.matches(TITLE, "(?i).*(" + "x|".repeat(20) + "y).*")).isFalse();
    assertThat(BoundedRegex.matches(TITLE + "now", ".*now")).isTrue();
  }

  @Test
  void anOverflowingStackIsAFailureThatShowsTheCaller() {
    assertThatThrownBy(() -> BoundedRegex.matches("ab".repeat(30_000), "(a|b)*"))
        .isInstanceOf(RuleBudgetExceeded.class)
        .hasMessageContaining("(a|b)* needs more stack than there is")
        .satisfies(e -> assertThat(e.getStackTrace()[2].getClassName()).contains("RegexTest"));
  }

  @Test
  void anExpiredBudgetStopsAMatch() {
    AtomicLong clock = new AtomicLong();
    RuleBudget budget =
        new RuleBudget(Duration.ofMillis(1), () -> clock.getAndAdd(Duration.ofDays(1).toNanos()));
    budget.begin();
    try {
      assertThatThrownBy(() -> BoundedRegex.matches(TITLE, ".*help.*help.*now.*"))
          .isInstanceOf(RuleBudgetExceeded.class)
          .hasMessageContaining("has run for longer than the 1 ms");
    } finally {
      budget.end();
    }
  }

  @Test
  void nullMatchesNothing() {
    assertThat(BoundedRegex.matches(null, ".*")).isFalse();
    assertThatThrownBy(() -> BoundedRegex.matches("a", null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
