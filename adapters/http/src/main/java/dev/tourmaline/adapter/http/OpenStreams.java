package dev.tourmaline.adapter.http;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All streams that are open; browsers and servers have room of their own. Thread-safe. */
final class OpenStreams {

  private final Set<EventStream> all = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<EventStream>> byProduct = new ConcurrentHashMap<>();
  private final AtomicInteger browsers = new AtomicInteger();
  private final AtomicInteger servers = new AtomicInteger();

  /**
   * How many streams may be open.
   *
   * @param browsers those of all browsers together
   * @param perSession those of one session, by tokens that name it
   * @param perUser those of one user, by tokens that name a user, over all sessions
   * @param servers those of products, which no browser can take up
   */
  record Caps(int browsers, int perSession, int perUser, int servers) {

    int of(SessionToken.Subject subject) {
      return subject.isUser() ? perUser : perSession;
    }
  }

  /** Whether there was room for a stream. */
  enum Admission {
    OPEN,
    TOTAL_FULL,
    SUBJECT_FULL,
    CLOSED
  }

  Admission addForBrowser(EventStream stream, Caps caps) {
    return add(stream, browsers, caps.browsers());
  }

  private Admission add(EventStream stream, AtomicInteger count, int cap) {
    if (count.incrementAndGet() > cap) {
      count.decrementAndGet();
      return Admission.TOTAL_FULL;
    }
    all.add(stream);
    return Admission.OPEN;
  }

  Admission addForProduct(String productId, EventStream stream, Caps caps) {
    Admission admission = add(stream, servers, caps.servers());
    if (admission == Admission.OPEN) {
      byProduct.compute(
          productId,
          (id, streams) -> {
            Set<EventStream> set = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            set.add(stream);
            return set;
          });
    }
    return admission;
  }

  void removeForBrowser(EventStream stream) {
    remove(stream, browsers);
  }

  private void remove(EventStream stream, AtomicInteger count) {
    if (all.remove(stream)) {
      count.decrementAndGet();
    }
  }

  void removeForProduct(String productId, EventStream stream) {
    remove(stream, servers);
    byProduct.computeIfPresent(
        productId,
        (id, streams) -> {
          streams.remove(stream);
          return streams.isEmpty() ? null : streams;
        });
  }

  void toProduct(String productId, byte[] frame) {
    byProduct.getOrDefault(productId, Set.of()).forEach(stream -> stream.send(frame, () -> {}));
  }

  /** {@return whether none is open or remembered} */
  boolean isIdle() {
    return all.isEmpty() && byProduct.isEmpty() && count() == 0;
  }

  int count() {
    return browsers.get() + servers.get();
  }

  void tick(Instant now) {
    all.forEach(stream -> stream.tick(now));
  }

  void finishAll() {
    all.forEach(EventStream::finish);
  }
}
