package dev.tourmaline.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Requests that may come again: each is carried out once, and whoever comes later, or meanwhile,
 * has the answer of the first. One that failed is carried out again. Remembers the newest ones for
 * a while; constant time. Thread-safe.
 */
final class AnsweredOnce<K, A> {

  private final Duration rememberedFor;
  private final int most;
  private final InstantSource clock;

  /** In the order in which they came. */
  private final Map<K, Answered<A>> answers = new LinkedHashMap<>();

  AnsweredOnce(Duration rememberedFor, int most, InstantSource clock) {
    this.rememberedFor = rememberedFor;
    this.most = most;
    this.clock = clock;
  }

  private record Answered<A>(String content, Instant until, CompletableFuture<A> answer) {}

  /** {@return the answer to a request of which there is one of each key} */
  CompletionStage<A> ask(K key, Supplier<CompletionStage<A>> request) {
    return ask(key, "", request).orElseThrow();
  }

  /** {@return the answer; empty if the key stands for a request with other content} */
  Optional<CompletionStage<A>> ask(K key, String content, Supplier<CompletionStage<A>> request) {
    Answered<A> mine;
    synchronized (answers) {
      Instant now = clock.instant();
      forget(now);
      Answered<A> earlier = answers.get(key);
      if (earlier != null) {
        return Optional.of(earlier)
            .filter(known -> known.content().equals(content))
            .map(Answered::answer);
      }
      makeRoom();
      mine = new Answered<>(content, now.plus(rememberedFor), new CompletableFuture<>());
      answers.put(key, mine);
    }
    carryOut(request)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                mine.answer().complete(answer);
              } else {
                synchronized (answers) {
                  answers.remove(key, mine);
                }
                mine.answer().completeExceptionally(failure);
              }
            });
    return Optional.of(mine.answer());
  }

  private static <A> CompletionStage<A> carryOut(Supplier<CompletionStage<A>> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void forget(Instant now) {
    Iterator<Answered<A>> eldest = answers.values().iterator();
    while (eldest.hasNext() && !eldest.next().until().isAfter(now)) {
      eldest.remove();
    }
  }

  private void makeRoom() {
    Iterator<K> eldest = answers.keySet().iterator();
    while (answers.size() >= most) {
      eldest.next();
      eldest.remove();
    }
  }

  int count() {
    synchronized (answers) {
      return answers.size();
    }
  }
}
