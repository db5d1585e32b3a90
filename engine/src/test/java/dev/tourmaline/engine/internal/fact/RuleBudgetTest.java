package dev.tourmaline.engine.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleBudgetTest {

  private final AtomicLong clock = new AtomicLong(7);
  private final AtomicLong reads = new AtomicLong();
  private final RuleBudget budget = new RuleBudget(Duration.ofMillis(100), this::read);
  private int begun;

  private long read() {
    reads.incrementAndGet();
    return clock.get();
  }

  private void begin() {
    budget.begin();
    begun++;
  }

  private void end() {
    budget.end();
    begun--;
  }

  @AfterEach
  void unbind() {
    while (begun > 0) {
      end();
    }
  }

  @Test
  void aThreadWithoutABudgetIsNeverInterrupted() {
    budget.expire();
    assertThatCode(RuleBudget::check).doesNotThrowAnyException();
  }

  @Test
  void anExpiredEvaluationThrowsAtEveryPoll() {
    begin();
    RuleBudget.check();
    budget.expire();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(RuleBudget::check)
          .isInstanceOf(RuleBudgetExceeded.class)
          .hasMessage("has run for longer than the 100 ms that a rule may take");
    }
  }

  @Test
  void theNextEvaluationHasItsWholeBudget() {
    begin();
    budget.expire();
    end();
    begin();
    RuleBudget.check();
    clock.addAndGet(100_000_000);
    assertThatCode(RuleBudget::check).doesNotThrowAnyException();
  }

  @Test
  void anExpiryThatComesTooLateHitsNobodyElse() {
    begin();
    long stuck = budget.evaluation();
    end();
    begin();
    budget.expire(stuck);
    assertThatCode(RuleBudget::check).doesNotThrowAnyException();
  }

  @Test
  void aSlowLoopIsStoppedByTheClockAlone() {
    begin();
    RuleBudget.check();
    clock.addAndGet(60_000_000);
    RuleBudget.check();
    clock.addAndGet(60_000_000);
    assertThatThrownBy(RuleBudget::check).isInstanceOf(RuleBudgetExceeded.class);
    assertThatThrownBy(RuleBudget::check).isInstanceOf(RuleBudgetExceeded.class);
  }

  @Test
  void aQuickLoopReadsTheClockNowAndThen() {
    begin();
    assertThat(reads).hasValue(0);
    for (int i = 0; i < 64_000; i++) {
      RuleBudget.check();
    }
    assertThat(reads.get()).isLessThan(1_100);
    clock.addAndGet(100_000_001);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                RuleBudget.check();
              }
            })
        .isInstanceOf(RuleBudgetExceeded.class);
  }

  @Test
  void anEvaluationWithinAnotherSharesItsBudget() {
    begin();
    RuleBudget.check();
    begin();
    clock.addAndGet(100_000_001);
    assertThatThrownBy(RuleBudget::check).isInstanceOf(RuleBudgetExceeded.class);
    end();
    assertThatThrownBy(RuleBudget::check).isInstanceOf(RuleBudgetExceeded.class);
    end();
    assertThatCode(RuleBudget::check).doesNotThrowAnyException();
  }
}
