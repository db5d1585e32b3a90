package dev.tourmaline.adapter.contract;

import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Suppressed;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.ArrayList;
import java.util.List;

/** The contract holds for the simplest ledger there is. */
class ListLedgerTest extends TriggerLedgerContract {

  @Override
  protected TriggerLedger newLedger() {
    return new ListLedger();
  }

  private static final class ListLedger implements TriggerLedger {

    private final List<RecordedDecision> all = new ArrayList<>();

    @Override
    public synchronized void record(Decision decision) {
      for (int i = all.size() - 1; i >= 0; i--) {
        RecordedDecision earlier = all.get(i);
        if (isOfSameRule(earlier.decision(), decision)) {
          if (isSameSuppression(earlier.decision(), decision)) {
            all.set(i, new RecordedDecision(earlier.decision(), earlier.times() + 1));
            return;
          }
          break;
        }
      }
      all.add(new RecordedDecision(decision, 1));
    }

    @Override
    public void mark(TourTrigger trigger, String sink, Delivery delivery) {}

    @Override
    public synchronized List<RecordedDecision> decisions(SessionKey session) {
      return all.stream()
          .filter(each -> each.decision().offer().session().equals(session))
          .toList();
    }

    private static boolean isOfSameRule(Decision a, Decision b) {
      return a.offer().session().equals(b.offer().session())
          && a.offer().rule().equals(b.offer().rule());
    }

    private static boolean isSameSuppression(Decision a, Decision b) {
      return a instanceof Suppressed x && b instanceof Suppressed y && x.reason() == y.reason();
    }
  }
}
