package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.contract.FakeClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnsweredOnceTest {

  private final FakeClock clock = FakeClock.create();
  private final AtomicInteger asked = new AtomicInteger();
  private final AnsweredOnce<String, Integer> answers =
      new AnsweredOnce<>(Duration.ofHours(1), 10, clock);

  @Test
  void whoeverComesMeanwhileHasTheAnswerOfTheFirst() {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    CompletionStage<Integer> first = answers.ask("a", () -> answer);
    CompletionStage<Integer> second = answers.ask("a", this::next);
    answer.complete(7);

    assertThat(first).isCompletedWithValue(7);
    assertThat(second).isCompletedWithValue(7);
    assertThat(asked).hasValue(0);
  }

  @Test
  void otherContentUnderTheSameKeyHasNoAnswerAlsoMeanwhile() {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    answers.ask("a", "one", () -> answer);
    assertThat(answers.ask("a", "other", this::next)).isEmpty();
    answer.complete(7);
    assertThat(answers.ask("a", "other", this::next)).isEmpty();
    assertThat(answers.ask("a", "one", this::next).orElseThrow()).isCompletedWithValue(7);
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatFailedIsAskedAgain() {
    assertThat(
            answers.ask(
                "a",
                () -> {
                  throw new IllegalStateException("closed");
                }))
        .isCompletedExceptionally();
    assertThat(answers.ask("a", this::next)).isCompletedWithValue(1);
  }

  @Test
  void theNewestAreRememberedForAWhile() {
    IntStream.range(0, 11).forEach(i -> answers.ask("key " + i, this::next));
    assertThat(answers.count()).isEqualTo(10);
    assertThat(answers.ask("key 1", this::next)).isCompletedWithValue(2);
    assertThat(answers.ask("key 10", this::next)).isCompletedWithValue(11);

    clock.advance(Duration.ofHours(1));
    assertThat(answers.ask("key 10", this::next)).isCompletedWithValue(12);
    assertThat(answers.count()).isEqualTo(1);
  }

  private CompletionStage<Integer> next() {
    return CompletableFuture.completedFuture(asked.incrementAndGet());
  }
}
