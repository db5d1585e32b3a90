package dev.tourmaline.adapter.http;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All streams that are open, counted. Thread-safe. */
final class OpenStreams {

  private final Set<EventStream> all = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<EventStream>> byProduct = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** How many streams may be open. */
  record Caps(int total, int perSession) {}

  /** Whether there was room for a stream. */
  enum Admission {
    OPEN,
    TOTAL_FULL,
    SESSION_FULL,
    CLOSED
  }

  Admission add(EventStream stream, Caps caps) {
    if (count.incrementAndGet() > caps.total()) {
      count.decrementAndGet();
      return Admission.TOTAL_FULL;
    }
    all.add(stream);
    return Admission.OPEN;
  }

  Admission addForProduct(String productId, EventStream stream, Caps caps) {
    Admission admission = add(stream, caps);
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

  void remove(EventStream stream) {
    if (all.remove(stream)) {
      count.decrementAndGet();
    }
  }

  void removeForProduct(String productId, EventStream stream) {
    remove(stream);
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

  int count() {
    return count.get();
  }

  void tick(Instant now) {
    all.forEach(stream -> stream.tick(now));
  }

  void finishAll() {
    all.forEach(EventStream::finish);
  }
}
