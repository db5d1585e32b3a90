package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.fact.RuleBudget;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The fence between a lane's thread and the code of rules (a fencing token as of Kleppmann, "How to
 * do distributed locking", 2016). Every way from the rules back into the engine passes it, so a
 * thread that was given up while it was inside changes nothing any more, whenever it comes back.
 *
 * <p>One thread goes through it, another may {@link #close}. Costs a store on the way in and a
 * compare-and-set on the way out.
 */
public final class EvaluationFence {

  private static final long CLOSED = -1;

  /** Counts passages: odd while rules run, even while the engine does. */
  private final AtomicLong passages = new AtomicLong();

  private final RuleBudget budget;

  public EvaluationFence(RuleBudget budget) {
    this.budget = budget;
  }

  /**
   * Runs a step that calls rules.
   *
   * @return what it threw, whatever that was
   * @throws LostThreadError if this thread has been given up meanwhile
   */
  @Nullable Throwable run(Runnable step) {
    enter();
    Throwable thrown = null;
    budget.begin();
    try {
      step.run();
    } catch (Throwable e) {
      thrown = e;
    } finally {
      budget.end();
    }
    leave();
    return thrown;
  }

  /** Runs a step of the engine amid rules. */
  void outside(Runnable step) {
    leave();
    try {
      step.run();
    } finally {
      enter();
    }
  }

  private void enter() {
    passages.lazySet(passages.getPlain() + 1);
  }

  private void leave() {
    long inside = passages.getPlain();
    if (inside == CLOSED || !passages.compareAndSet(inside, inside + 1)) {
      throw new LostThreadError();
    }
  }

  /** {@return an open fence for another thread, with a budget like this one's} */
  EvaluationFence renewed() {
    return new EvaluationFence(budget.renewed());
  }

  /** {@return the number of the present passage; odd if rules are running} */
  public long passage() {
    return passages.get();
  }

  /** {@return whether a passage is one through rules} */
  public static boolean isInRules(long passage) {
    return passage != CLOSED && (passage & 1) != 0;
  }

  /** Uses up the time budget of the rules, if they are still in a passage. */
  public void expire(long passage) {
    long evaluation = budget.evaluation();
    if (passages.get() == passage) {
      budget.expire(evaluation);
    }
  }

  /**
   * Gives up the thread if it is still in a passage. The caller then sees all that the thread did
   * before it called the rules, and the thread will do nothing more but unwind.
   *
   * @return whether it was
   */
  public boolean close(long passage) {
    return isInRules(passage) && passages.compareAndSet(passage, CLOSED);
  }
}
