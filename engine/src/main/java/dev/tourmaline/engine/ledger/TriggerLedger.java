package dev.tourmaline.engine.ledger;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.List;
import java.util.Map;

/**
 * The SPI of ledgers: the record of every decision, and of the deliveries of admitted triggers.
 * Thread-safe.
 *
 * <p>The engine records a decision before delivery, and marks each outcome after it, as in an
 * outbox.
 */
public interface TriggerLedger {

  /**
   * Records a decision. The same suppression, by rule, session and reason, is one record with a
   * count until its reason changes.
   *
   * @param decision the decision
   */
  void record(Decision decision);

  /**
   * Marks the outcome of an admitted trigger at one sink.
   *
   * @param trigger the trigger
   * @param sink the sink's name
   * @param delivery the outcome
   */
  void mark(TourTrigger trigger, String sink, Delivery delivery);

  /**
   * {@return the session's last decisions, oldest first}
   *
   * @param session the session
   */
  List<RecordedDecision> decisions(SessionKey session);

  /**
   * {@return what each sink answered last for a trigger, by the sink's name; none where the ledger
   * does not keep that}
   *
   * @param triggerId the trigger
   */
  default Map<String, Delivery> deliveries(String triggerId) {
    return Map.of();
  }

  /**
   * A decision in the ledger.
   *
   * @param decision the decision, its first occurrence
   * @param times how often it was made in a row
   */
  record RecordedDecision(Decision decision, long times) {}
}
