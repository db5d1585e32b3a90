package dev.tourmaline.storefront;

import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The latest actions and decisions of each session, for the side panel of its pages. Thread-safe.
 */
final class SessionJournal implements EngineListener {

  private static final int SESSIONS = 1000;
  private static final int ENTRIES = 60;

  private final InstantSource clock;
  private final Map<String, Lines> bySession =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lines> eldest) {
          return size() > SESSIONS;
        }
      };

  SessionJournal(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * One line of the panel.
   *
   * @param kind action, admitted, suppressed, delivery, feedback or inbound
   * @param text what happened
   * @param detail more of it, or empty text
   * @param at when
   * @param times how often in a row
   */
  record Entry(String kind, String text, String detail, Instant at, int times) {

    private boolean repeats(Entry earlier) {
      return kind.equals(earlier.kind)
          && text.equals(earlier.text)
          && detail.equals(earlier.detail);
    }
  }

  /**
   * A session's lines.
   *
   * @param version grows with every change
   * @param billingVisits how far the count of visits to billing has come, or empty text
   * @param entries oldest first
   */
  record View(long version, String billingVisits, List<Entry> entries) {}

  private static final class Lines {
    private final List<Entry> entries = new ArrayList<>();
    private final BillingVisits billingVisits = new BillingVisits();
    private long version;
  }

  View view(String sessionId) {
    synchronized (bySession) {
      Lines lines = bySession.get(sessionId);
      return lines == null
          ? new View(0, "", List.of())
          : new View(lines.version, lines.billingVisits.progress(), List.copyOf(lines.entries));
    }
  }

  void collected(CapturedAction action) {
    synchronized (bySession) {
      String meaning = lines(action.sessionId()).billingVisits.after(action);
      write(action.sessionId(), "action", action.title(), meaning);
    }
  }

  private Lines lines(String sessionId) {
    return bySession.computeIfAbsent(sessionId, key -> new Lines());
  }

  @Override
  public void decided(Decision decision) {
    Offer offer = decision.offer();
    String session = offer.session().sessionId();
    if (decision instanceof Decision.Suppressed suppressed) {
      write(
          session,
          "suppressed",
          offer.flowId() + " held back",
          "%s. %s".formatted(offer.rule(), suppressed.detail()));
    } else {
      write(
          session,
          "admitted",
          offer.flowId() + " admitted",
          "%s: %s".formatted(offer.rule(), offer.reason()));
    }
  }

  @Override
  public void delivered(TourTrigger trigger, String sink, Delivery delivery) {
    if (sink.equals("browser")) {
      write(
          trigger.session().sessionId(),
          "delivery",
          "%s %s".formatted(trigger.flowId(), delivery.word()),
          delivery instanceof Delivery.Delivered ? "to this browser" : "");
    }
  }

  @Override
  public void feedback(TourFeedback feedback) {
    if (feedback.outcome() == TourFeedback.Outcome.RUNNING) {
      return;
    }
    String outcome = feedback.outcome().name().toLowerCase(Locale.ROOT);
    String step = feedback.outcome() == TourFeedback.Outcome.STEP ? " " + feedback.step() : "";
    write(feedback.session().sessionId(), "feedback", "tour " + outcome + step, feedback.reason());
  }

  @Override
  public void inboundTrigger(TriggerEvent event) {
    write(event.sessionId(), "inbound", event.flowId() + " asked for by another system", "");
  }

  private void write(String sessionId, String kind, String text, String detail) {
    Entry entry = new Entry(kind, text, detail, clock.instant(), 1);
    synchronized (bySession) {
      Lines lines = lines(sessionId);
      List<Entry> entries = lines.entries;
      int last = entries.size() - 1;
      if (last >= 0 && entry.repeats(entries.get(last))) {
        Entry earlier = entries.get(last);
        entries.set(last, new Entry(kind, text, detail, entry.at(), earlier.times() + 1));
      } else {
        entries.add(entry);
        if (entries.size() > ENTRIES) {
          entries.remove(0);
        }
      }
      lines.version++;
    }
  }
}
