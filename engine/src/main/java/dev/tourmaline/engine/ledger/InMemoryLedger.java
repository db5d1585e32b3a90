package dev.tourmaline.engine.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger that lasts as long as the process: the last 50 decisions of each of the 100,000 sessions
 * decided on last. Thread-safe.
 */
public final class InMemoryLedger implements TriggerLedger {

  private static final int SESSIONS = 100_000;
  private static final int DECISIONS = 50;

  private final Cache<SessionKey, List<RecordedDecision>> sessions =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(SESSIONS).build();
  private final Cache<String, Map<String, Delivery>> deliveries =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(SESSIONS).build();

  /** Makes an empty ledger. */
  public InMemoryLedger() {}

  @Override
  public void record(Decision decision) {
    sessions
        .asMap()
        .compute(
            decision.offer().session(),
            (session, earlier) -> with(earlier == null ? List.of() : earlier, decision));
  }

  private static List<RecordedDecision> with(List<RecordedDecision> earlier, Decision decision) {
    List<RecordedDecision> decisions = new ArrayList<>(earlier);
    for (int i = decisions.size() - 1; i >= 0; i--) {
      RecordedDecision last = decisions.get(i);
      if (last.decision().offer().rule().equals(decision.offer().rule())) {
        if (isSameSuppression(last.decision(), decision)) {
          decisions.set(i, new RecordedDecision(last.decision(), last.times() + 1));
          return decisions;
        }
        break;
      }
    }
    if (decisions.size() == DECISIONS) {
      decisions.remove(0);
    }
    decisions.add(new RecordedDecision(decision, 1));
    return decisions;
  }

  private static boolean isSameSuppression(Decision earlier, Decision later) {
    return earlier instanceof Decision.Suppressed before
        && later instanceof Decision.Suppressed now
        && before.reason() == now.reason();
  }

  @Override
  public void mark(TourTrigger trigger, String sink, Delivery delivery) {
    deliveries.get(trigger.id(), id -> new ConcurrentHashMap<>()).put(sink, delivery);
  }

  @Override
  public List<RecordedDecision> decisions(SessionKey session) {
    List<RecordedDecision> decisions = sessions.getIfPresent(session);
    return decisions == null ? List.of() : List.copyOf(decisions);
  }

  @Override
  public Map<String, Delivery> deliveries(String triggerId) {
    Map<String, Delivery> answers = deliveries.getIfPresent(triggerId);
    return answers == null ? Map.of() : Map.copyOf(answers);
  }
}
