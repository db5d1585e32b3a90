package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Asks the policy once more about an admitted trigger, on the lane of its session. */
final class PolicyCheck implements PreDeliveryCheck {

  static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Sources sources;
  private final TourTrigger trigger;
  private final boolean asksPlace;

  /**
   * Who is asked.
   *
   * @param policy the policy
   * @param attributes what is known of users
   * @param lanes answers what is known of a trigger's visitor now
   * @param scheduler ends the wait
   * @param clock this machine's time
   */
  record Sources(
      PolicyMemory policy,
      KnownAttributes attributes,
      Visitors lanes,
      ScheduledExecutorService scheduler,
      InstantSource clock) {

    /**
     * {@return the check of a trigger; a sink whose pages look for themselves asks for no place}
     */
    PolicyCheck of(TourTrigger trigger, boolean asksPlace) {
      return new PolicyCheck(this, trigger, asksPlace);
    }
  }

  /** Tells what is known of the visitors of triggers. */
  @FunctionalInterface
  interface Visitors {
    CompletionStage<Surroundings> of(TourTrigger trigger);
  }

  private PolicyCheck(Sources sources, TourTrigger trigger, boolean asksPlace) {
    this.sources = sources;
    this.trigger = trigger;
    this.asksPlace = asksPlace;
  }

  @Override
  public CompletionStage<Optional<String>> objection() {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    try {
      attributes()
          .thenCompose(known -> sources.lanes().of(trigger))
          .thenApply(this::judge)
          .whenComplete(
              (objection, failure) -> {
                if (failure == null) {
                  answer.complete(objection);
                } else {
                  failed(answer, failure);
                }
              });
      giveUpInTime(answer);
    } catch (RuntimeException e) {
      failed(answer, e);
    }
    return answer;
  }

  /** Waits for them only where they matter. */
  private CompletionStage<Void> attributes() {
    return sources.policy().asksForAttributes(trigger.offer())
        ? sources.attributes().awaitFor(trigger.session(), trigger.userId())
        : CompletableFuture.completedStage(null);
  }

  private void failed(CompletableFuture<Optional<String>> answer, Throwable why) {
    LoggerFactory.getLogger(PolicyCheck.class)
        .warn("the last check of trigger {} failed; it is not shown", trigger.id(), why);
    answer.complete(Optional.of("the last check failed: " + why));
  }

  private void giveUpInTime(CompletableFuture<Optional<String>> answer) {
    if (answer.isDone()) {
      return;
    }
    String late = "the last check did not answer within %d s".formatted(DEADLINE.toSeconds());
    Runnable giveUp = () -> answer.complete(Optional.of(late));
    try {
      Future<?> limit =
          sources.scheduler().schedule(giveUp, DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      answer.whenComplete((objection, failure) -> limit.cancel(false));
    } catch (RejectedExecutionException e) {
      answer.complete(Optional.of("the engine is closing"));
    }
  }

  private Optional<String> judge(Surroundings known) {
    Instant now = sources.clock().instant();
    Surroundings asked = asksPlace ? known : new Surroundings(Optional.empty(), known.excepted());
    return sources.policy().objection(trigger, asked, now);
  }

  @Override
  public boolean isUserUndisputed() {
    return !sources.policy().isDisputed(trigger.session(), sources.clock().instant());
  }
}
