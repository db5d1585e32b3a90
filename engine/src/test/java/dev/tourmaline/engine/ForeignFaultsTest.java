package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.sink.Delivery;
import dev.tourmaline.engine.sink.PreDeliveryCheck;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What sinks, listeners and ledgers throw, and where they hang, costs nobody else. */
class ForeignFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String CLICK =
      "rule \"Click\" @flow(\"tour_click\") when $a : Action( click ) then tours.offer($a, \"\"); end";

  private final Recorded heard = new Recorded();
  private final List<TourTrigger> delivered = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A sink that works, and is closed after those before it. */
  private final TriggerSink sound =
      new TriggerSink() {
        @Override
        public String name() {
          return "sound";
        }

        @Override
        public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
          delivered.add(trigger);
          return CompletableFuture.completedStage(new Delivery.Delivered());
        }

        @Override
        public void close() {
          closed.set(true);
        }
      };

  /** A sink whose methods throw errors. */
  private static class Broken implements TriggerSink {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
      throw new LinkageError("deliver");
    }

    @Override
    public void close() {
      throw new LinkageError("close");
    }
  }

  private void click(TourEngine engine, String session) {
    heard.clock.advance(Duration.ofSeconds(1));
    assertThat(engine.accept(heard.action(session, "click", "/a"))).succeedsWithin(PATIENCE);
  }

  @Test
  void aSinkThatThrowsErrorsTakesNoOtherWithIt() {
    TriggerSink refusing =
        new Broken() {
          @Override
          public String name() {
            return "refusing";
          }

          @Override
          public boolean accepts(TourTrigger.Origin origin) {
            throw new AssertionError("accepts");
          }
        };
    TourEngine engine = heard.engine(CLICK).sink(new Broken()).sink(refusing).sink(sound).build();
    click(engine, "s1");
    click(engine, "s2");
    Awaitility.await().until(() -> delivered.size() == 2);
    assertThat(engine.health().isReady()).isTrue();
    engine.close();
    assertThat(closed).isTrue();
  }

  @Test
  void aSinkThatNeverClosesIsNamedAndLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    TriggerSink hanging =
        new Broken() {
          @Override
          public void close() {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    TourEngine engine = heard.engine(CLICK).sink(hanging).sink(sound).build();
    CloseReport report = engine.close(Duration.ofMillis(500));
    never.countDown();
    assertThat(report.undone()).singleElement().asString().contains("sink broken");
    assertThat(closed).isTrue();
  }

  @Test
  void runningOutOfMemoryInASinkIsFatalAndEndsNoThread() {
    AtomicBoolean first = new AtomicBoolean(true);
    TriggerSink greedy =
        new Broken() {
          @Override
          public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
            if (first.getAndSet(false)) {
              throw new OutOfMemoryError("Java heap space");
            }
            return sound.deliver(trigger, check);
          }
        };
    try (TourEngine engine = heard.engine(CLICK).sink(greedy).build()) {
      click(engine, "s1");
      Awaitility.await().until(() -> !heard.fatal.isEmpty());
      click(engine, "s2");
      Awaitility.await().until(() -> !delivered.isEmpty());
      assertThat(engine.health().isLive()).isTrue();
    }
    assertThat(heard.fatal).containsExactly("out of memory in tourmaline-sink-broken");
  }

  @Test
  void runningOutOfMemoryInALaneIsFatalAndEndsNoThread() {
    AtomicBoolean first = new AtomicBoolean(true);
    EngineListener greedy =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            if (first.getAndSet(false)) {
              throw new OutOfMemoryError("Java heap space");
            }
          }
        };
    try (TourEngine engine = heard.engine(CLICK).listener(greedy).sink(sound).build()) {
      assertThat(engine.accept(heard.action("s1", "click", "/a"))).failsWithin(PATIENCE);
      click(engine, "s2");
      Awaitility.await().until(() -> !delivered.isEmpty());
      assertThat(engine.health().isReady()).isTrue();
    }
    assertThat(heard.fatal).containsExactly("out of memory in tourmaline-lane-0");
  }

  @Test
  void aListenerThatThrowsAnErrorChangesNothing() {
    EngineListener broken =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            throw new AssertionError("decided");
          }
        };
    try (TourEngine engine = heard.engine(CLICK).listener(broken).sink(sound).build()) {
      click(engine, "s1");
      Awaitility.await().until(() -> delivered.size() == 1);
    }
  }

  @Test
  void whatTheLedgerDoesNotRecordIsNotShownAndTakesNoSlot() {
    AtomicBoolean broken = new AtomicBoolean(true);
    InMemoryLedger memory = new InMemoryLedger();
    TriggerLedger ledger =
        (TriggerLedger)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TriggerLedger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("record") && broken.get()) {
                    throw new IllegalStateException("disk full");
                  }
                  return method.invoke(memory, arguments);
                });
    try (TourEngine engine = heard.engine(CLICK).ledger(ledger).sink(sound).build()) {
      click(engine, "s1");
      assertThat(heard.decisions).isEmpty();
      broken.set(false);
      click(engine, "s1");
      Awaitility.await().until(() -> delivered.size() == 1);
    }
  }
}
