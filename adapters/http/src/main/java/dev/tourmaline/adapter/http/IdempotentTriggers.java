package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
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

  private final AnsweredOnce<Key, Answer> answers;

  IdempotentTriggers(InstantSource clock) {
    answers = new AnsweredOnce<>(REMEMBERED_FOR, MOST, clock);
  }

  private record Key(String productId, String key) {}

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
    return answers.ask(
        new Key(trigger.session().productId(), key),
        digest(trigger),
        () -> engine.get().thenApply(Answer::of));
  }

  int count() {
    return answers.count();
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
