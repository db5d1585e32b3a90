package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.LastCheck;
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
 * Which triggers are held for which session, and which streams of it are open. Calls nothing but
 * itself while it holds its lock. Thread-safe.
 */
final class Mailboxes {

  private static final int REMEMBERED = 20_000;

  private final OpenStreams streams;
  private final Map<SessionKey, Mailbox> mailboxes = new HashMap<>();
  private final PriorityQueue<HeldTrigger> byExpiry =
      new PriorityQueue<>(Comparator.comparing(HeldTrigger::expiresAt));
  private final Map<String, HeldTrigger> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HeldTrigger> eldest) {
          return size() > REMEMBERED && !eldest.getValue().isUndelivered();
        }
      };
  private long arrivals;
  private boolean closed;

  Mailboxes(OpenStreams streams) {
    this.streams = streams;
  }

  /** One session's part. */
  private static final class Mailbox {

    final List<BrowserStream> streams = new ArrayList<>(2);
    final List<HeldTrigger> held = new ArrayList<>(2);

    boolean isEmpty() {
      return streams.isEmpty() && held.isEmpty();
    }
  }

  /**
   * What became of a trigger that came in.
   *
   * @param held the trigger; the earlier one if its id was known
   * @param isNew whether it was not
   * @param open the open streams that are to get it, already counted as sent
   */
  record Arrival(HeldTrigger held, boolean isNew, List<BrowserStream> open) {}

  /** Takes a trigger in; empty once closed. */
  synchronized Optional<Arrival> arrive(
      TourTrigger trigger, LastCheck lastCheck, Instant expiresAt) {
    if (closed) {
      return Optional.empty();
    }
    HeldTrigger known = remembered.get(trigger.id());
    if (known != null) {
      return Optional.of(new Arrival(known, false, List.of()));
    }
    HeldTrigger held =
        new HeldTrigger(trigger, lastCheck, expiresAt, arrivals++, new CompletableFuture<>());
    remembered.put(trigger.id(), held);
    byExpiry.add(held);
    Mailbox mailbox = mailboxes.computeIfAbsent(trigger.session(), key -> new Mailbox());
    mailbox.held.add(held);
    return Optional.of(
        new Arrival(
            held, true, mailbox.streams.stream().filter(stream -> stream.claim(held)).toList()));
  }

  /** Takes a browser's stream in, if there is room. */
  synchronized OpenStreams.Admission open(BrowserStream stream, OpenStreams.Caps caps) {
    if (closed) {
      return OpenStreams.Admission.CLOSED;
    }
    Mailbox mailbox = mailboxes.computeIfAbsent(stream.session(), key -> new Mailbox());
    OpenStreams.Admission admission =
        mailbox.streams.size() >= caps.perSession()
            ? OpenStreams.Admission.SESSION_FULL
            : streams.add(stream.stream(), caps);
    if (admission == OpenStreams.Admission.OPEN) {
      mailbox.streams.add(stream);
    }
    tidy(stream.session(), mailbox);
    return admission;
  }

  synchronized void left(BrowserStream stream) {
    streams.remove(stream.stream());
    Mailbox mailbox = mailboxes.get(stream.session());
    if (mailbox != null) {
      mailbox.streams.remove(stream);
      tidy(stream.session(), mailbox);
    }
  }

  /** {@return what a stream that has just opened is to get, already counted as sent} */
  synchronized List<HeldTrigger> dueFor(BrowserStream stream) {
    Mailbox mailbox = mailboxes.get(stream.session());
    if (mailbox == null) {
      return List.of();
    }
    return mailbox.held.stream()
        .filter(held -> isDue(held, stream.lastEventId()) && stream.claim(held))
        .toList();
  }

  private boolean isDue(HeldTrigger held, String lastEventId) {
    if (lastEventId.isEmpty()) {
      return held.isUndelivered();
    }
    // An id that is no longer known is older than everything that is still alive.
    HeldTrigger last = remembered.get(lastEventId);
    return last == null || held.number() > last.number();
  }

  /** {@return the trigger of that id, unless it is long gone or never came} */
  synchronized Optional<HeldTrigger> find(String id) {
    return Optional.ofNullable(remembered.get(id));
  }

  /** Ends a trigger's stay: it goes to no further stream, but its id stays known. */
  synchronized void end(HeldTrigger held) {
    SessionKey session = held.trigger().session();
    Mailbox mailbox = mailboxes.get(session);
    if (mailbox != null) {
      mailbox.held.remove(held);
      tidy(session, mailbox);
    }
  }

  /** Takes everything back: the trigger may come again, also for these streams. */
  synchronized void undo(HeldTrigger held, Collection<BrowserStream> sentTo) {
    end(held);
    remembered.remove(held.trigger().id());
    sentTo.forEach(stream -> stream.release(held));
  }

  private void tidy(SessionKey session, Mailbox mailbox) {
    if (mailbox.isEmpty()) {
      mailboxes.remove(session);
    }
  }

  /** {@return the triggers whose time to live has ended, delivered or not; each once} */
  synchronized List<HeldTrigger> expired(Instant now) {
    List<HeldTrigger> expired = new ArrayList<>();
    for (HeldTrigger next; (next = byExpiry.peek()) != null && !next.expiresAt().isAfter(now); ) {
      expired.add(byExpiry.remove());
    }
    expired.forEach(this::end);
    return expired;
  }

  /** {@return what is undelivered; nothing comes in any more} */
  synchronized List<HeldTrigger> close() {
    closed = true;
    return remembered.values().stream().filter(HeldTrigger::isUndelivered).toList();
  }
}
