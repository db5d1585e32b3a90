package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The wheel against a queue that is in order of time. */
class TimerWheelTest {

  private static final long TICK = 250;
  private static final long ROUND = 4096 * TICK;
  private static final int ENTRIES = 8;

  private final TimerWheel wheel = new TimerWheel();
  private final List<Integer> fired = new ArrayList<>();

  private static final class Timer extends TimerWheel.Entry implements Comparable<Timer> {
    final int number;
    long expected;

    Timer(int number) {
      this.number = number;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.compare(expected, other.expected);
    }
  }

  /**
   * What is done to the wheel.
   *
   * @param what 0 and 1 schedule, 2 cancels, 3 advances, 4 advances exactly
   * @param entry which timer
   * @param by by how much, from now
   * @param next which timer is scheduled anew when this one fires; itself for none
   */
  record Step(int what, int entry, long by, int next) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> by =
        Arbitraries.of(
            0L,
            1L,
            249L,
            250L,
            251L,
            1_000L,
            777L,
            60_000L,
            ROUND - 1,
            ROUND,
            ROUND + 250,
            3 * ROUND + 17,
            -1L,
            -5_000L);
    return Combinators.combine(
            Arbitraries.integers().between(0, 4).withoutEdgeCases(),
            Arbitraries.integers().between(0, ENTRIES - 1).withoutEdgeCases(),
            by,
            Arbitraries.integers().between(0, ENTRIES - 1).withoutEdgeCases())
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 500, seed = "7")
  void nothingFiresEarlyAndNothingATickLate(@ForAll("steps") List<Step> steps) {
    run(steps, 1_772_000_000_000L);
  }

  @Property(tries = 500)
  void nothingFiresEarlyAndNothingATickLateForAnySeed(@ForAll("steps") List<Step> steps) {
    run(steps, 1_772_000_000_123L);
  }

  private static void run(List<Step> steps, long start) {
    TimerWheel wheel = new TimerWheel();
    Timer[] timers = new Timer[ENTRIES];
    Arrays.setAll(timers, Timer::new);
    int[] follower = new int[ENTRIES];
    Arrays.setAll(follower, i -> i);
    PriorityQueue<Timer> expected = new PriorityQueue<>();
    long now = start;
    for (Step step : steps) {
      Timer timer = timers[step.entry];
      if (step.what <= 1) {
        follower[step.entry] = step.next;
        schedule(wheel, expected, timer, now + step.by, now);
      } else if (step.what == 2) {
        wheel.cancel(timer);
        expected.remove(timer);
      } else {
        now += Math.max(0, step.by);
        boolean exactly = step.what == 4;
        advance(wheel, expected, timers, follower, now, exactly);
        long first = expected.isEmpty() ? Long.MAX_VALUE : expected.peek().expected;
        assertThat(first).isGreaterThanOrEqualTo(exactly ? now + 1 : now / TICK * TICK);
      }
      for (Timer each : timers) {
        assertThat(each.isScheduled()).isEqualTo(expected.contains(each));
      }
    }
  }

  private static void schedule(
      TimerWheel wheel, PriorityQueue<Timer> expected, Timer timer, long due, long now) {
    wheel.schedule(timer, due);
    expected.remove(timer);
    // What is overdue already waits for the next tick.
    timer.expected = due <= now ? now / TICK * TICK + TICK : due;
    expected.add(timer);
    assertThat(timer.due()).isEqualTo(due);
  }

  private static void advance(
      TimerWheel wheel,
      PriorityQueue<Timer> expected,
      Timer[] timers,
      int[] follower,
      long now,
      boolean exactly) {
    Consumer<TimerWheel.Entry> expired =
        entry -> {
          Timer timer = (Timer) entry;
          assertThat(timer.due()).isLessThanOrEqualTo(now);
          assertThat(expected.remove(timer)).as("fires once").isTrue();
          Timer next = timers[follower[timer.number]];
          if (next != timer) {
            schedule(wheel, expected, next, now + 10_000, now);
          }
        };
    if (exactly) {
      wheel.advanceExactly(now, expired);
    } else {
      wheel.advance(now, expired);
    }
  }

  @Test
  void whatIsScheduledBeforeTimeIsKnownFiresInTime() {
    wheel.schedule(new Timer(1), 1_000_000);
    wheel.schedule(new Timer(2), 500_000);
    advance(600_000);
    assertThat(fired).containsExactly(2);
    advance(1_000_250);
    assertThat(fired).containsExactly(2, 1);
  }

  @Test
  void aTimerMayCancelOneThatIsDueWithIt() {
    advance(0);
    Timer other = new Timer(2);
    Timer first = new Timer(1);
    wheel.schedule(first, 1_000);
    wheel.schedule(other, 1_001);
    wheel.advance(
        2_000,
        entry -> {
          fired.add(((Timer) entry).number);
          wheel.cancel(entry == first ? other : first);
        });
    assertThat(fired).hasSize(1);
  }

  @Test
  void anOverdueTimerScheduledWhileAdvancingFiresInTheSameAdvance() {
    advance(0);
    Timer first = new Timer(1);
    Timer second = new Timer(2);
    wheel.schedule(first, 1_100);
    wheel.advanceExactly(
        1_100,
        entry -> {
          fired.add(((Timer) entry).number);
          if (entry == first) {
            wheel.schedule(second, 1_050);
          }
        });
    assertThat(fired).containsExactly(1, 2);
  }

  private void advance(long now) {
    wheel.advance(now, entry -> fired.add(((Timer) entry).number));
  }
}
