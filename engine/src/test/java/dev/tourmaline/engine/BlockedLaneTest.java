package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.source.EventLostException;
import dev.tourmaline.engine.trigger.Decision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane that a listener blocks, where no rule runs and no thread can be given up. */
class BlockedLaneTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String CLICK =
      "rule \"Click\" @flow(\"tour_click\") when $a : Action( click ) then tours.offer($a, \"\"); end";

  private static final String ABSENT =
      """
      rule "Nothing submitted" @flow("tour_absent")
      when $a : Action( blur, !submittedWithin("10m") )
      then tours.offer($a, ""); end
      """;

  private final Recorded heard = new Recorded();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  private final EngineListener blocking =
      new EngineListener() {
        @Override
        public void decided(Decision decision) {
          if (decision.offer().session().sessionId().equals("s1")) {
            blocked.countDown();
            try {
              free.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        }
      };

  @AfterEach
  void free() {
    free.countDown();
  }

  private TourEngineBuilder builder() {
    return heard.engine(CLICK, ABSENT).listener(blocking).laneCapacity(1);
  }

  private TourEngine blockedEngine(TourEngineBuilder builder) throws InterruptedException {
    TourEngine engine = builder.build();
    engine.accept(heard.action("s1", "click", "/a"));
    blocked.await();
    return engine;
  }

  @Test
  void itsEventsAreShedAtOnceAndNoOtherLanesAre() throws Exception {
    try (TourEngine engine = blockedEngine(builder().lanes(2))) {
      Awaitility.await().until(() -> !engine.health().isReady());
      assertThat(engine.health().stuck()).hasSize(1);
      assertThat(engine.health().isLive()).isTrue();
      assertThat(engine.accept(heard.action("s1", "blur", "/a")))
          .failsWithin(Duration.ofSeconds(1))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(EventLostException.class);
      assertThat(engine.tryAccept(heard.action("s1", "blur", "/a"))).isEmpty();
      int shed = 1 + sessionsShedBeforeOneIsServed(engine);
      assertThat(engine.stats().lost()).isEqualTo(shed);
      assertThat(engine.stats().coverageGaps()).as("until its own lane can note it").isZero();
      free.countDown();
      Awaitility.await().until(() -> engine.health().isReady());
      Awaitility.await().until(() -> engine.stats().coverageGaps() == shed);
      assertThat(engine.stats().sessions()).isEqualTo(1 + shed);
    }
  }

  /** Tries other sessions: which lane is whose is random. {@return how many were shed} */
  private int sessionsShedBeforeOneIsServed(TourEngine engine) throws Exception {
    for (int shed = 0; shed < 100; shed++) {
      CompletableFuture<Void> event =
          engine.accept(heard.action("other" + shed, "blur", "/a")).toCompletableFuture();
      event.handle((done, failure) -> done).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!event.isCompletedExceptionally()) {
        return shed;
      }
    }
    throw new AssertionError("no other lane serves its sessions");
  }

  @Test
  void whatWasShedIsNotTakenForAbsent() throws Exception {
    try (TourEngine engine = blockedEngine(builder())) {
      Awaitility.await().until(() -> !engine.health().isReady());
      engine.accept(heard.action("s2", "submit", "/a"));
      free.countDown();
      Awaitility.await().until(() -> engine.health().isReady());
      heard.clock.advance(Duration.ofSeconds(30));
      assertThat(engine.accept(heard.action("s2", "blur", "/a"))).succeedsWithin(PATIENCE);
      assertThat(engine.accept(heard.action("s3", "blur", "/a"))).succeedsWithin(PATIENCE);
      assertThat(heard.sessions()).containsExactly("s1", "s3");
      assertThat(engine.stats().coverageGaps()).isEqualTo(1);
    }
  }

  @Test
  void closingEndsInTimeAndTellsWhatStayedUndone() throws Exception {
    TourEngine engine = blockedEngine(builder().ruleBudget(Duration.ofMinutes(1)));
    CompletionStage<Void> waiting = engine.accept(heard.action("s2", "blur", "/a"));
    CompletableFuture<CloseReport> closed =
        CompletableFuture.supplyAsync(() -> engine.close(Duration.ofMillis(500)));
    assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    assertThat(closed.join().droppedEvents()).isEqualTo(2);
    assertThat(closed.join().isComplete()).isFalse();
    assertThat(waiting).failsWithin(PATIENCE);
    assertThatThrownBy(() -> engine.accept(heard.action("s2", "blur", "/a")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(engine.close(Duration.ofSeconds(5))).isEqualTo(closed.join());
  }

  @Test
  void whoeverWaitsForRoomIsToldThatTheEngineCloses() throws Exception {
    TourEngine engine = blockedEngine(builder().ruleBudget(Duration.ofMinutes(1)));
    engine.accept(heard.action("s2", "blur", "/a"));
    CompletableFuture<Void> insisting =
        CompletableFuture.runAsync(() -> engine.accept(heard.action("s3", "blur", "/a")));
    CompletableFuture<Void> replacing =
        CompletableFuture.runAsync(() -> engine.replaceRules(RuleSet.of("a.drl", CLICK)));
    CompletableFuture<CloseReport> closed =
        CompletableFuture.supplyAsync(() -> engine.close(Duration.ofMillis(500)));
    assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    assertThat(insisting)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("closed");
    assertThat(replacing).failsWithin(PATIENCE);
  }

  @Test
  void tryAcceptOfABatchOverSeveralLanesTakesAllOrNothing() throws Exception {
    TourEngine engine = blockedEngine(builder().lanes(4).ruleBudget(Duration.ofMinutes(1)));
    assertThat(engine.tryAccept(heard.action("s1", "blur", "/fills its lane"))).isPresent();
    ActionsEvent.Builder batch = ActionsEvent.builder("prod").forwardedAt(heard.clock.instant());
    IntStream.rangeClosed(1, 20)
        .forEach(i -> batch.actions(heard.actionsOf("s" + i, "blur", "/batch")));
    ActionsEvent everywhere = batch.build();
    for (int i = 0; i < 3; i++) {
      assertThat(engine.tryAccept(everywhere)).isEmpty();
    }
    free.countDown();
    Awaitility.await()
        .until(
            () -> {
              Optional<CompletionStage<Void>> taken = engine.tryAccept(everywhere);
              taken.ifPresent(stage -> stage.toCompletableFuture().join());
              return taken.isPresent();
            });
    engine.close();
    // The refused attempts have left nothing behind, and no room is lost.
    assertThat(engine.stats().actions()).isEqualTo(22);
    assertThat(engine.stats().repeats()).isZero();
  }
}
