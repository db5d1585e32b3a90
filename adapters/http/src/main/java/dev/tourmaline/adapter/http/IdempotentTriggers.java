package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Manual triggers that were asked for under an idempotency key (IETF
 * draft-ietf-httpapi-idempotency-key-header): asked for again, each has the answer that it had at
 * first. Of each product's keys the answers of the last 24 h are known, of all products the last
 * 10,000; what failed may be asked for again. Constant time. Thread-safe.
 */
final class IdempotentTriggers {

  private static final Duration REMEMBERED_FOR = Duration.ofHours(24);
  private static final int MOST = 10_000;

  private final InstantSource clock;

  /** In the order in which they came. */
  private final Map<Key, Asked> asked = new LinkedHashMap<>();

  IdempotentTriggers(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String productId, String key) {}

  private record Asked(String digest, Instant until, CompletableFuture<Answer> answer) {}

  /** What is told of a decision, without what it was made on. */
  record Answer(String id, String word, Optional<Decision.Reason> reason) {

    static Answer of(Decision decision) {
      return new Answer(
          decision.offer().id(),
          decision.word(),
          decision instanceof Decision.Suppressed suppressed
              ? Optional.of(suppressed.reason())
              : Optional.empty());
    }
  }

  /**
   * {@return the answer, the earlier one where there is one; empty if the key stands for another
   * trigger}
   *
   * @param engine asked once, by whoever comes first
   */
  Optional<CompletionStage<Answer>> once(
      String key, ManualTrigger trigger, Supplier<CompletionStage<Decision>> engine) {
    Key whole = new Key(trigger.session().productId(), key);
    String digest = digest(trigger);
    Asked mine;
    synchronized (asked) {
      Instant now = clock.instant();
      Asked earlier = asked.get(whole);
      if (earlier != null && earlier.until().isAfter(now)) {
        return earlier.digest().equals(digest) ? Optional.of(earlier.answer()) : Optional.empty();
      }
      forget(now);
      mine = new Asked(digest, now.plus(REMEMBERED_FOR), new CompletableFuture<>());
      asked.put(whole, mine);
    }
    ask(whole, mine, engine);
    return Optional.of(mine.answer());
  }

  private void ask(Key key, Asked mine, Supplier<CompletionStage<Decision>> engine) {
    try {
      engine
          .get()
          .whenComplete(
              (decision, failure) -> {
                if (failure != null) {
                  failed(key, mine, failure);
                } else {
                  mine.answer().complete(Answer.of(decision));
                }
              });
    } catch (RuntimeException e) {
      failed(key, mine, e);
    }
  }

  private void failed(Key key, Asked mine, Throwable failure) {
    synchronized (asked) {
      asked.remove(key, mine);
    }
    mine.answer().completeExceptionally(failure);
  }

  /** Lets go of what is over, and makes room for one more. */
  private void forget(Instant now) {
    Iterator<Asked> eldest = asked.values().iterator();
    while (eldest.hasNext()) {
      boolean isOver = !eldest.next().until().isAfter(now);
      if (!isOver && asked.size() < MOST) {
        return;
      }
      eldest.remove();
    }
  }

  int count() {
    synchronized (asked) {
      return asked.size();
    }
  }

  /** So short that a reason of many kilobytes costs no memory. */
  private static String digest(ManualTrigger trigger) {
    String text =
        JsonNodeFactory.instance
            .arrayNode()
            .add(trigger.session().sessionId())
            .add(trigger.userId())
            .add(trigger.flowId())
            .add(trigger.reason())
            .add(trigger.force())
            .toString();
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
