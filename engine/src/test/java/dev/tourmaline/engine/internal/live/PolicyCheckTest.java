package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last check before delivery always answers, and without an answer nothing is shown. */
class PolicyCheckTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final SessionKey SESSION = new SessionKey("prod", "s1");

  private final List<Runnable> deadlines = new ArrayList<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          deadlines.add(task);
          return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
      };
  private final PolicyMemory policy = new PolicyMemory(TriggerPolicy.defaults());
  private final TourTrigger trigger = admitted();

  private TourTrigger admitted() {
    Offer offer = new Offer("t1", SESSION, "ann", "rule", "flow", 50, 0, "", T0);
    return ((Decision.Admitted) policy.judge(List.of(offer), T0).get(0)).trigger();
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  private CompletableFuture<Optional<String>> ask(PolicyCheck.Visitors lanes) {
    PolicyCheck.Sources sources =
        new PolicyCheck.Sources(policy, KnownAttributes.ofTokens(), lanes, timer, () -> T0);
    return sources.of(trigger, true).objection().toCompletableFuture();
  }

  @Test
  void aLaneThatAnswersDecides() {
    assertThat(ask(asked -> CompletableFuture.completedStage(Surroundings.unknown())))
        .isCompletedWithValue(Optional.empty());
  }

  @Test
  void aLaneThatHangsHoldsTheTourBackAtTheDeadline() {
    CompletableFuture<Surroundings> lane = new CompletableFuture<>();
    CompletableFuture<Optional<String>> answer = ask(asked -> lane);
    assertThat(answer).isNotDone();
    deadlines.forEach(Runnable::run);
    assertThat(answer.join()).hasValueSatisfying(why -> assertThat(why).contains("within 2 s"));
    lane.complete(Surroundings.unknown());
    assertThat(answer.join()).as("it comes too late").isPresent();
  }

  @Test
  void aLaneThatFailsHoldsTheTourBack() {
    assertThat(
            ask(asked -> CompletableFuture.failedStage(new IllegalStateException("gone"))).join())
        .hasValueSatisfying(why -> assertThat(why).contains("gone"));
    assertThat(
            ask(asked -> {
                  throw new IllegalStateException("closed");
                })
                .join())
        .isPresent();
  }
}
