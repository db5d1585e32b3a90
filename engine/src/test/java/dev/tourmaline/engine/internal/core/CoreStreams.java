package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random streams of a few sessions: frames, pauses, late and repeated actions, summaries; texts
 * that come again and texts seen once.
 */
final class CoreStreams {

  static final long T0 = 1_772_000_000_000L;

  private static final String[] TYPES = {
    "pageview", "click", "submit", "focus", "type", "scroll", "blur"
  };

  private static final String[] PAGES = {
    "/a", "/b", "/settings/billing", "/settings", "/invoices/1", "/invoices/2"
  };

  /** Where a step stands: in a frame of its own, in the frame before, or it is a summary. */
  enum Place {
    FRAME,
    SAME_FRAME,
    SUMMARY,
    REPEAT
  }

  /**
   * One step of a stream.
   *
   * @param place where it stands
   * @param session which session
   * @param type what
   * @param page where
   * @param title on what
   * @param gap how long after the frame before, in ms
   * @param lag how long it was under way, in ms
   * @param number its index: -1 for none, else what is added to the one before
   */
  record Step(
      Place place, int session, int type, int page, int title, int gap, int lag, int number) {}

  /** An event and this machine's time of its arrival. */
  record Timed(long now, StreamEvent event) {}

  private CoreStreams() {}

  static Arbitrary<List<Timed>> streams(int most) {
    Arbitrary<Integer> type =
        Arbitraries.frequency(
            Tuple.of(6, 0),
            Tuple.of(6, 1),
            Tuple.of(3, 2),
            Tuple.of(1, 3),
            Tuple.of(1, 4),
            Tuple.of(1, 5));
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(6, Place.FRAME),
                Tuple.of(4, Place.SAME_FRAME),
                Tuple.of(1, Place.SUMMARY),
                Tuple.of(1, Place.REPEAT)),
            Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(3, 1), Tuple.of(1, 2)),
            type,
            Arbitraries.integers().between(0, PAGES.length - 1).withoutEdgeCases(),
            Arbitraries.integers().between(0, 2).withoutEdgeCases(),
            Arbitraries.of(
                1_000, 3_000, 10_000, 0, 250, 15_000, 30_000, 45_000, 61_000, 121_000, 300_000,
                1_799_999, 1_800_000, 1_900_000),
            Arbitraries.of(0, 0, 0, 1_000, 5_000, 15_000, 29_000, 40_000),
            Arbitraries.of(1, 1, 1, 1, 1, -1, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(most)
        .map(CoreStreams::events);
  }

  private static List<Timed> events(List<Step> steps) {
    List<Timed> events = new ArrayList<>();
    List<UiAction> frame = new ArrayList<>();
    long now = T0;
    int number = 0;
    UiAction before = null;
    for (Step step : steps) {
      if (step.place != Place.SAME_FRAME) {
        close(events, frame, now);
        now += step.gap;
      }
      if (step.place == Place.SUMMARY) {
        String text = step.page % 2 == 0 ? "The visitor is confused." : "All is well.";
        events.add(new Timed(now, summary(step, text, now)));
      } else if (step.place == Place.REPEAT && before != null) {
        frame.add(before);
      } else {
        number = step.number < 0 ? number : number + step.number;
        before = action(step, now - step.lag, step.number < 0 ? -1 : number);
        frame.add(before);
      }
    }
    close(events, frame, now);
    return events;
  }

  private static void close(List<Timed> events, List<UiAction> frame, long now) {
    if (!frame.isEmpty()) {
      Instant forwarded = Instant.ofEpochMilli(now);
      String session = frame.get(0).sessionId();
      events.add(
          new Timed(
              now, new ActionsEvent("p", session, "", "", "", forwarded, List.copyOf(frame))));
      frame.clear();
    }
  }

  private static SummaryEvent summary(Step step, String text, long now) {
    return new SummaryEvent(
        "p", "s" + step.session, user(step), text, 1, Instant.ofEpochMilli(now));
  }

  /** Some sessions are never known by user; one becomes known on the way. */
  private static String user(Step step) {
    return step.session == 1 && step.title == 2 ? "u1" : "";
  }

  private static UiAction action(Step step, long at, int number) {
    String page = PAGES[step.page];
    String canonical = page.startsWith("/invoices/") ? "/invoices/:id" : page;
    // An open vocabulary: of three titles and queries one each is seen once.
    String once = step.title == 2 ? "of " + at + " " : "";
    String campaign = step.title == 0 ? "&gclid=" + at + "xxxxxxxxxxxxxxxxxxxx" : "";
    UiAction.Builder action =
        UiAction.builder(TYPES[step.type])
            .title(once + "title " + step.title)
            .index(number)
            .rawUrl("https://h.com" + page + "?q=" + step.title + campaign)
            .canonicalUrl("https://h.com" + canonical)
            .sessionId("s" + step.session)
            .userId(user(step));
    return (step.lag == 15_000 ? action : action.start(Instant.ofEpochMilli(at))).build();
  }
}
