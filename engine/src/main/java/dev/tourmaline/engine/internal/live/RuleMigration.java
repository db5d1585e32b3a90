package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migration of all lanes to other rules, or of none: where one cannot take them, the others
 * move back. Thread-safe; one migration at a time.
 */
final class RuleMigration {

  private static final Logger LOG = LoggerFactory.getLogger(RuleMigration.class);

  /** A million sleeping sessions take some seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lanes lanes;
  private final ReentrantLock one = new ReentrantLock();

  /** The rules in force. */
  private RuleProgram program;

  RuleMigration(Lanes lanes, RuleProgram program) {
    this.lanes = lanes;
    this.program = program;
  }

  /**
   * Migrates all sessions, lane by lane, between two events of each.
   *
   * @throws IllegalStateException if a lane did not take the rules; the old ones stay in force
   */
  void moveTo(RuleProgram next) {
    Deadline deadline = Deadline.in(PATIENCE);
    try {
      if (!one.tryLock(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "the rules stay as they are: another replacement has not ended within 30 s");
      }
      try {
        moveAll(next, deadline);
      } finally {
        one.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the rules were being replaced", e);
    }
  }

  private void moveAll(RuleProgram next, Deadline deadline) throws InterruptedException {
    List<CompletableFuture<Boolean>> moves = ask(next);
    try {
      CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new))
          .get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
      program = next;
    } catch (ExecutionException e) {
      moveBack(moves);
      throw refusal(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      moveBack(moves);
      throw refusal(e);
    } catch (InterruptedException e) {
      moveBack(moves);
      throw e;
    }
  }

  private static IllegalStateException refusal(Throwable cause) {
    String why = cause instanceof TimeoutException ? "it took more than 30 s" : cause.toString();
    return new IllegalStateException(
        "the rules stay as they were: a lane did not take the new ones: " + why, cause);
  }

  /** Moves back what has moved; a move that has not begun yet is left out. */
  private void moveBack(List<CompletableFuture<Boolean>> moves) {
    IllegalStateException given = new IllegalStateException("the replacement was given up");
    moves.forEach(move -> move.completeExceptionally(given));
    try {
      CompletableFuture.allOf(ask(program).toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("a lane has not moved back to the rules before; it does when it gets on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<CompletableFuture<Boolean>> ask(RuleProgram next) {
    return lanes.askAll(
        (core, now) -> {
          boolean moves = core.evaluator().program() != next;
          if (moves) {
            core.moveTo(next, now);
          }
          return moves;
        });
  }
}
