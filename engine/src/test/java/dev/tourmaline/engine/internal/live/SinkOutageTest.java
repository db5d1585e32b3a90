package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.MutableClock;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

/** What an operator reads of a sink that fails. */
class SinkOutageTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private final Queue<SubstituteLoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final SinkOutage outage =
      new SinkOutage("mail", new SubstituteLogger("test", events, false), new MutableClock(T0));

  private List<String> lines() {
    return events.stream()
        .map(e -> MessageFormatter.arrayFormat(e.getMessage(), e.getArgumentArray()).getMessage())
        .toList();
  }

  private static TourTrigger trigger(String id) {
    return TourTrigger.ofRule(Offer.withoutRule(id, new SessionKey("p", "s"), "", "f", "", T0), T0);
  }

  @Test
  void anOutageIsThreeLinesAndTheNextOneIsSaidAgain() {
    outage.delivered();
    outage.failed("busy");
    outage.failed("busy still");
    outage.lost(trigger("a"), "gave up");
    outage.lost(trigger("b"), "gave up again");
    outage.failed("busy for ever");
    outage.delivered();
    outage.delivered();
    outage.lost(trigger("c"), "the sink is behind");
    outage.delivered();

    assertThat(lines())
        .containsExactly(
            "sink mail fails, its triggers are tried again: busy",
            "sink mail loses triggers from a on, which are counted: gave up",
            "sink mail works again; failed attempts 3, triggers lost 2",
            "sink mail loses triggers from c on, which are counted: the sink is behind",
            "sink mail works again; failed attempts 0, triggers lost 1");
  }

  @Test
  void whatASinkThatIsClosedLeavesBehindIsOneLine() {
    outage.end(2);
    outage.failed("closed");
    outage.lost(trigger("a"), "the engine is closing");

    assertThat(lines())
        .containsExactly("sink mail ends with 2 triggers undelivered, after it lost 0");
  }

  @Test
  void whatWasLostIsSaidAtTheEndThoughNothingIsOnItsWay() {
    outage.lost(trigger("a"), "gave up");
    outage.end(0);

    assertThat(lines()).endsWith("sink mail ends with 0 triggers undelivered, after it lost 1");
  }

  @Test
  void aSinkThatHasDeliveredAllEndsWithoutAWord() {
    outage.end(0);

    assertThat(lines()).isEmpty();
  }
}
