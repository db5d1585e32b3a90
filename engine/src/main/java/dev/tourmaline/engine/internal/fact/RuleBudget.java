package dev.tourmaline.engine.internal.fact;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time budget of the rules that one thread evaluates: a cancellation token that the loops,
 * functions and regular expressions of rules poll, since the rule compiler has put {@link #check}
 * into them.
 *
 * <p>Time counts from the first poll of an evaluation, so that rules without loops never read the
 * clock. Once exceeded, every further poll of the evaluation throws. Belongs to the thread that
 * evaluates; only {@link #evaluation} and {@link #expire} may be called by others.
 */
public final class RuleBudget {

  private static final ThreadLocal<@Nullable RuleBudget> CURRENT = new ThreadLocal<>();

  /** From here on the clock is read at every so many polls: a power of two. */
  private static final int DENSE = 64;

  private static final long NEVER = -1;

  private final Duration budget;
  private final LongSupplier nanoTime;
  private final AtomicLong evaluation = new AtomicLong();
  private volatile long expired = NEVER;
  private @Nullable RuleBudget outer;
  private int depth;
  private int polls;
  private long since;

  /**
   * Makes a budget that is in force between {@link #begin} and {@link #end}.
   *
   * @param budget how long an evaluation may take from its first poll
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public RuleBudget(Duration budget, LongSupplier nanoTime) {
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  /** {@return a budget without a limit of time; regular expressions are bounded all the same} */
  public static RuleBudget unlimited() {
    return new RuleBudget(Duration.ZERO, () -> 0);
  }

  /** {@return a budget of as much time for another thread} */
  public RuleBudget renewed() {
    return new RuleBudget(budget, nanoTime);
  }

  /** Begins an evaluation on this thread; one within another shares its budget. */
  public void begin() {
    if (depth++ == 0) {
      evaluation.incrementAndGet();
      polls = 0;
      outer = CURRENT.get();
      CURRENT.set(this);
    }
  }

  /** Ends what {@link #begin} began. */
  public void end() {
    if (--depth == 0) {
      CURRENT.set(outer);
      outer = null;
    }
  }

  /** {@return the number of the evaluation that began last, for {@link #expire}} */
  public long evaluation() {
    return evaluation.get();
  }

  /** Makes the next poll of an evaluation throw; harmless if that has ended. */
  public void expire(long evaluation) {
    expired = evaluation;
  }

  /** Makes the next poll of the evaluation that began last throw. */
  public void expire() {
    expire(evaluation());
  }

  /**
   * Polls this thread's budget, if it has one.
   *
   * @throws RuleBudgetExceeded if it is used up
   */
  public static void check() {
    RuleBudget current = CURRENT.get();
    if (current != null && current.isExceeded()) {
      throw new RuleBudgetExceeded(current.fault(), true);
    }
  }

  /** This thread's budget, or null. */
  static @Nullable RuleBudget current() {
    return CURRENT.get();
  }

  /** A poll; the clock is read at each of the first ones, for the sake of slow loop bodies. */
  boolean isExceeded() {
    long now = evaluation.get();
    if (expired == now) {
      return true;
    }
    int poll = polls++;
    if (poll == 0) {
      since = nanoTime.getAsLong();
    } else if ((poll < DENSE || (poll & (DENSE - 1)) == 0)
        && nanoTime.getAsLong() - since > budget.toNanos()) {
      expired = now;
      return true;
    }
    return false;
  }

  String fault() {
    return "has run for longer than the " + budget.toMillis() + " ms that a rule may take";
  }
}
