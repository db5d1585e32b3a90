package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.runtime.LostThreadError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A task of a lane, and the stage that completes with its outcome.
 *
 * @param <T> what it answers
 */
final class LaneTask<T> {

  private final Work<T> work;
  private final @Nullable StreamEvent event;
  private final boolean isControl;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  /** What is done on a lane's thread. */
  @FunctionalInterface
  interface Work<T> {

    /**
     * {@return the outcome}
     *
     * @param now this machine's time in milliseconds since the epoch
     */
    T on(SessionCore core, long now);
  }

  private LaneTask(Work<T> work, @Nullable StreamEvent event, boolean isControl) {
    this.work = work;
    this.event = event;
    this.isControl = isControl;
  }

  /** The evaluation of an event that came in at a time, in milliseconds since the epoch. */
  static LaneTask<Void> evaluation(StreamEvent event, long arrivedAt) {
    return new LaneTask<>(
        (core, now) -> {
          core.accept(event, arrivedAt, now);
          return nothing();
        },
        event,
        false);
  }

  /** The only value of its type. */
  @SuppressWarnings("NullAway")
  static Void nothing() {
    return null;
  }

  /** A request of a caller. */
  static <T> LaneTask<T> request(Work<T> work) {
    return new LaneTask<>(work, null, false);
  }

  /** A request of the engine itself, which takes no room in the queue. */
  static <T> LaneTask<T> control(Work<T> work) {
    return new LaneTask<>(work, null, true);
  }

  boolean isControl() {
    return isControl;
  }

  /** The event that is lost if the task is not run to its end. */
  Optional<StreamEvent> event() {
    return Optional.ofNullable(event);
  }

  CompletableFuture<T> outcome() {
    return outcome;
  }

  /** Runs it, unless somebody has completed its stage already. */
  void run(SessionCore core, long now) {
    if (outcome.isDone()) {
      return;
    }
    try {
      outcome.complete(work.on(core, now));
    } catch (LostThreadError e) {
      // Whoever has given the thread up has failed the task.
      throw e;
    } catch (RuntimeException | Error e) {
      outcome.completeExceptionally(e);
      throw e;
    }
  }

  /** Tells whoever waits that it was not run, or not to its end. */
  void fail(RuntimeException why) {
    outcome.completeExceptionally(why);
  }
}
