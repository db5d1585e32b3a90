package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The triggers that wait for delivery and the open streams, by session; each trigger in memory
 * until its time to live ends, and its id until 20,000 newer ones have come. Calls nothing but
 * itself while it holds its lock. Thread-safe.
 */
final class PendingTriggers {

  private static final int REMEMBERED = 20_000;

  private final OpenStreams streams;
  private final Map<SessionKey, SessionState> sessions = new HashMap<>();
  private final Map<SessionToken.Subject, Integer> streamsBySubject = new HashMap<>();
  private final PriorityQueue<PendingTrigger> byExpiry =
      new PriorityQueue<>(Comparator.comparing(PendingTrigger::expiresAt));
  private final Map<String, PendingTrigger> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PendingTrigger> eldest) {
          return size() > REMEMBERED && !eldest.getValue().isUndelivered();
        }
      };
  private long arrivals;
  private boolean closed;

  PendingTriggers(OpenStreams streams) {
    this.streams = streams;
  }

  /** One session's open streams and pending triggers. */
  private static final class SessionState {

    final List<BrowserStream> streams = new ArrayList<>(2);
    final List<PendingTrigger> pending = new ArrayList<>(2);

    boolean isEmpty() {
      return streams.isEmpty() && pending.isEmpty();
    }
  }

  /**
   * What became of a trigger that came in.
   *
   * @param pending the trigger; the earlier one if its id was known
   * @param isNew whether it was not
   * @param open the open streams that are to get it, already counted as sent
   */
  record Arrived(PendingTrigger pending, boolean isNew, List<BrowserStream> open) {}

  /** Takes a trigger in; empty once closed. */
  synchronized Optional<Arrived> arrive(
      TourTrigger trigger, PreDeliveryCheck check, Instant expiresAt) {
    if (closed) {
      return Optional.empty();
    }
    PendingTrigger known = remembered.get(trigger.id());
    if (known != null) {
      return Optional.of(new Arrived(known, false, List.of()));
    }
    PendingTrigger pending =
        new PendingTrigger(trigger, check, expiresAt, arrivals++, new CompletableFuture<>());
    remembered.put(trigger.id(), pending);
    byExpiry.add(pending);
    SessionState state = sessions.computeIfAbsent(trigger.session(), key -> new SessionState());
    state.pending.add(pending);
    return Optional.of(
        new Arrived(
            pending,
            true,
            state.streams.stream().filter(stream -> stream.claim(pending)).toList()));
  }

  /** Takes a browser's stream in, if there is room. */
  synchronized OpenStreams.Admission open(BrowserStream stream, OpenStreams.Caps caps) {
    if (closed) {
      return OpenStreams.Admission.CLOSED;
    }
    SessionToken.Subject subject = stream.subject();
    if (streamsBySubject.getOrDefault(subject, 0) >= caps.of(subject)) {
      return OpenStreams.Admission.SUBJECT_FULL;
    }
    OpenStreams.Admission admission = streams.addForBrowser(stream.stream(), caps);
    if (admission == OpenStreams.Admission.OPEN) {
      streamsBySubject.merge(subject, 1, Integer::sum);
      sessions.computeIfAbsent(stream.session(), key -> new SessionState()).streams.add(stream);
    }
    return admission;
  }

  synchronized void left(BrowserStream stream) {
    streams.removeForBrowser(stream.stream());
    SessionState state = sessions.get(stream.session());
    if (state != null && state.streams.remove(stream)) {
      streamsBySubject.computeIfPresent(
          stream.subject(), (subject, count) -> count == 1 ? null : count - 1);
      tidy(stream.session(), state);
    }
  }

  /** {@return what a stream that has just opened is to get, already counted as sent} */
  synchronized List<PendingTrigger> dueFor(BrowserStream stream) {
    SessionState state = sessions.get(stream.session());
    if (state == null) {
      return List.of();
    }
    return state.pending.stream()
        .filter(pending -> isDue(pending, stream.lastEventId()) && stream.claim(pending))
        .toList();
  }

  private boolean isDue(PendingTrigger pending, String lastEventId) {
    if (lastEventId.isEmpty()) {
      return pending.isUndelivered();
    }
    // An id that is no longer known is older than everything that is still alive.
    PendingTrigger last = remembered.get(lastEventId);
    return last == null || pending.number() > last.number();
  }

  /** {@return the trigger of that id, unless it is long gone or never came} */
  synchronized Optional<PendingTrigger> find(String id) {
    return Optional.ofNullable(remembered.get(id));
  }

  /** Ends a trigger's stay: it goes to no further stream, but its id stays known. */
  synchronized void end(PendingTrigger pending) {
    SessionKey session = pending.trigger().session();
    SessionState state = sessions.get(session);
    if (state != null) {
      state.pending.remove(pending);
      tidy(session, state);
    }
  }

  /** Takes everything back: the trigger may come again, also for these streams. */
  synchronized void undo(PendingTrigger pending, Collection<BrowserStream> sentTo) {
    end(pending);
    remembered.remove(pending.trigger().id());
    sentTo.forEach(stream -> stream.release(pending));
  }

  private void tidy(SessionKey session, SessionState state) {
    if (state.isEmpty()) {
      sessions.remove(session);
    }
  }

  /** {@return whether nothing waits and no stream is open or counted} */
  synchronized boolean isIdle() {
    return sessions.isEmpty() && streamsBySubject.isEmpty();
  }

  /** {@return the triggers whose time to live has ended, delivered or not; each once} */
  synchronized List<PendingTrigger> expired(Instant now) {
    List<PendingTrigger> expired = new ArrayList<>();
    for (PendingTrigger next;
        (next = byExpiry.peek()) != null && !next.expiresAt().isAfter(now); ) {
      expired.add(byExpiry.remove());
    }
    expired.forEach(this::end);
    return expired;
  }

  /** {@return what is undelivered; nothing comes in any more} */
  synchronized List<PendingTrigger> close() {
    closed = true;
    return remembered.values().stream().filter(PendingTrigger::isUndelivered).toList();
  }
}
