package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.daemon.logging.LogFormat;
import dev.tourmaline.daemon.logging.Logs;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.LogSink;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostTriggersAreSaidTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final AtomicInteger attempts = new AtomicInteger();

  private final TriggerSink sink =
      new TriggerSink() {
        @Override
        public String name() {
          return "disk";
        }

        @Override
        public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
          attempts.incrementAndGet();
          return CompletableFuture.completedFuture(
              broken.get()
                  ? new Delivery.Retry(Duration.ZERO, "no space left")
                  : new Delivery.Delivered());
        }
      };

  @BeforeEach
  void log() {
    Logs.informative(LogFormat.TEXT, out);
  }

  @Test
  void anOutageOfASinkIsThreeLinesHoweverLongItLasts() {
    try (TourEngine engine = TourEngine.builder(RuleSet.empty()).sink(sink).build()) {
      for (int i = 0; i < 20; i++) {
        trigger(engine, i);
      }
      Awaitility.await().until(() -> attempts.get() == 200);
      broken.set(false);
      trigger(engine, 20);
      Awaitility.await().until(() -> !lines("works again").isEmpty());
    }
    assertThat(lines("sink disk"))
        .satisfiesExactly(
            line ->
                assertThat(line).contains("WARN ", "fails, its triggers are tried again: no sp"),
            line -> assertThat(line).contains("ERROR", "loses triggers from ", "gave up after 10"),
            line -> assertThat(line).contains("failed attempts 200, triggers lost 20"));
  }

  @Test
  void whatIsUndeliveredAtTheEndIsCounted() {
    TourEngine engine =
        TourEngine.builder(RuleSet.empty())
            .sink(
                new TriggerSink() {
                  @Override
                  public String name() {
                    return "disk";
                  }

                  @Override
                  public CompletionStage<Delivery> deliver(
                      TourTrigger trigger, PreDeliveryCheck check) {
                    return new CompletableFuture<>();
                  }
                })
            .build();
    trigger(engine, 1);
    trigger(engine, 2);
    engine.close();
    assertThat(lines("sink disk"))
        .singleElement()
        .asString()
        .contains("sink disk ends with 2 triggers undelivered");
  }

  @Test
  void theLineOfATriggerIsOneLineForEveryReader() {
    Instant at = Instant.ofEpochSecond(1_700_000_000);
    String forging = "a\u0085INFO b\u2028c\u2029d\u202ee";
    Offer offer =
        new Offer("t", new SessionKey("p", forging), "u", forging, "f", 50, 0, forging, at);
    try (LogSink log = LogSink.create()) {
      log.deliver(
          TourTrigger.ofRule(offer, at), () -> CompletableFuture.completedStage(Optional.empty()));
    }
    assertThat(out.toString(StandardCharsets.UTF_8).stripTrailing())
        .contains("a INFO b c d e")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  private static void trigger(TourEngine engine, int i) {
    SessionKey session = new SessionKey("prod_abc", "ps_" + i);
    engine
        .trigger(new ManualTrigger(session, "u_" + i, "tour", "asked", true))
        .toCompletableFuture()
        .join();
  }

  private List<String> lines(String part) {
    return out.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(part)).toList();
  }
}
