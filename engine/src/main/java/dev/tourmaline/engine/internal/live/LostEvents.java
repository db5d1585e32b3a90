package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.core.Routing;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The events that one lane has shed, or lost amid a rule: counts them, and keeps the span of event
 * time that each session misses until the lane can note it as a coverage gap. Beyond ten thousand
 * sessions the gap is one of the whole product. Thread-safe.
 */
final class LostEvents {

  private static final int MOST_SESSIONS = 10_000;

  private Map<SessionKey, Span> bySession = new HashMap<>();
  private final Function<String, CoverageGaps> products;
  private final Counters counters;
  private final InstantSource clock;
  private volatile boolean any;

  private record Span(long from, long to) {

    Span and(Span other) {
      return new Span(Math.min(from, other.from), Math.max(to, other.to));
    }
  }

  LostEvents(Function<String, CoverageGaps> products, Counters counters, InstantSource clock) {
    this.products = products;
    this.counters = counters;
    this.clock = clock;
  }

  /** Counts an event that no rule will see. */
  void add(StreamEvent event) {
    counters.count(Of.LOST);
    if (event instanceof ActionsEvent batch) {
      for (UiAction action : batch.actions()) {
        add(batch.productId(), Routing.sessionId(batch, action), at(batch, action));
      }
    } else {
      add(event.productId(), Routing.sessionId(event), clock.millis());
    }
  }

  private long at(ActionsEvent batch, UiAction action) {
    Instant known = action.start().orElse(batch.forwardedAt());
    return known.equals(Instant.EPOCH) ? clock.millis() : known.toEpochMilli();
  }

  private synchronized void add(String productId, String sessionId, long at) {
    if (sessionId.isEmpty() || !Routing.areShort(productId, sessionId, "")) {
      return;
    }
    SessionKey session = new SessionKey(productId, sessionId);
    if (bySession.size() < MOST_SESSIONS || bySession.containsKey(session)) {
      bySession.merge(session, new Span(at, at), Span::and);
      any = true;
    } else {
      // A stream's gaps are of this machine's time: whoever sent the event may have another.
      long now = clock.millis();
      products.apply(productId).add(now, now);
    }
  }

  /** Notes what was lost in the sessions of a core; called on its thread. */
  void moveTo(SessionCore core, long now) {
    if (!any) {
      return;
    }
    Map<SessionKey, Span> taken;
    synchronized (this) {
      taken = bySession;
      bySession = new HashMap<>();
      any = false;
    }
    taken.forEach((session, span) -> core.addGap(session, span.from(), span.to(), now));
  }
}
