package dev.tourmaline.adapter.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Admitted;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Decision.Suppressed;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TriggerLedger} promises. */
public abstract class TriggerLedgerContract {

  private static final SessionKey ANN = new SessionKey("prod_abc", "ps_ann");
  private static final SessionKey BOB = new SessionKey("prod_abc", "ps_bob");

  private TriggerLedger ledger;

  /** Makes the contract. */
  protected TriggerLedgerContract() {}

  /**
   * {@return a new, empty ledger}
   *
   * @throws Exception if it cannot be set up
   */
  protected abstract TriggerLedger newLedger() throws Exception;

  @BeforeEach
  void makeTheLedger() throws Exception {
    ledger = newLedger();
  }

  @Test
  void aSessionWithoutDecisionsHasNone() {
    assertThat(ledger.decisions(ANN)).isEmpty();
  }

  @Test
  void keepsDecisionsOldestFirst() {
    Decision first = suppressed(ANN, "a", Reason.ONCE, 1);
    Decision second = admitted(ANN, "b", 2);
    Decision third = suppressed(ANN, "c", Reason.BETWEEN_TOURS, 3);
    ledger.record(first);
    ledger.record(second);
    ledger.record(third);
    assertThat(ledger.decisions(ANN)).containsExactly(once(first), once(second), once(third));
  }

  @Test
  void keepsSessionsApart() {
    Decision anns = admitted(ANN, "a", 1);
    Decision bobs = admitted(BOB, "a", 1);
    ledger.record(anns);
    ledger.record(bobs);
    assertThat(ledger.decisions(ANN)).containsExactly(once(anns));
    assertThat(ledger.decisions(BOB)).containsExactly(once(bobs));
  }

  @Test
  void theSameSuppressionIsOneRecordWithACount() {
    Decision first = suppressed(ANN, "a", Reason.BETWEEN_TOURS, 1);
    ledger.record(first);
    ledger.record(suppressed(ANN, "a", Reason.BETWEEN_TOURS, 2));
    ledger.record(suppressed(ANN, "a", Reason.BETWEEN_TOURS, 3));
    assertThat(ledger.decisions(ANN)).containsExactly(new RecordedDecision(first, 3));
  }

  @Test
  void anotherReasonIsAnotherRecord() {
    Decision between = suppressed(ANN, "a", Reason.BETWEEN_TOURS, 1);
    Decision cap = suppressed(ANN, "a", Reason.DAILY_CAP, 2);
    Decision betweenAgain = suppressed(ANN, "a", Reason.BETWEEN_TOURS, 3);
    ledger.record(between);
    ledger.record(cap);
    ledger.record(betweenAgain);
    assertThat(ledger.decisions(ANN)).containsExactly(once(between), once(cap), once(betweenAgain));
  }

  @Test
  void theSameReasonOfAnotherRuleIsAnotherRecord() {
    Decision a = suppressed(ANN, "a", Reason.ONCE, 1);
    Decision b = suppressed(ANN, "b", Reason.ONCE, 1);
    ledger.record(a);
    ledger.record(b);
    ledger.record(suppressed(ANN, "a", Reason.ONCE, 2));
    assertThat(ledger.decisions(ANN)).containsExactly(new RecordedDecision(a, 2), once(b));
  }

  @Test
  void markingADeliveryLeavesTheDecisionsAsTheyAre() {
    Admitted decision = admitted(ANN, "a", 1);
    ledger.record(decision);
    ledger.mark(decision.trigger(), "log", new Delivery.Delivered());
    ledger.mark(decision.trigger(), "browser", new Delivery.Expired());
    assertThat(ledger.decisions(ANN)).containsExactly(once(decision));
  }

  @Test
  void markingATriggerItDoesNotKnowIsNoError() {
    ledger.mark(admitted(ANN, "a", 1).trigger(), "log", new Delivery.Refused("gone"));
    assertThat(ledger.decisions(ANN)).isEmpty();
  }

  @Test
  void countsEverySuppressionOfSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    ledger.record(suppressed(ANN, "a", Reason.ONCE, i));
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ledger.decisions(ANN))
        .singleElement()
        .satisfies(recorded -> assertThat(recorded.times()).isEqualTo(2000));
  }

  private static RecordedDecision once(Decision decision) {
    return new RecordedDecision(decision, 1);
  }

  private static Suppressed suppressed(SessionKey session, String rule, Reason reason, int second) {
    return new Suppressed(offer(session, rule, second), reason, "");
  }

  private static Admitted admitted(SessionKey session, String rule, int second) {
    Offer offer = offer(session, rule, second);
    return new Admitted(TourTrigger.ofRule(offer, offer.at()));
  }

  private static Offer offer(SessionKey session, String rule, int second) {
    Instant at = FakeClock.START.plusSeconds(second);
    return new Offer(
        session + "/" + rule + "/" + second, session, "", rule, "flow_" + rule, 50, 0, "why", at);
  }
}
