package dev.tourmaline.benchmarks.job;

import dev.tourmaline.benchmarks.measure.Stopwatch;
import dev.tourmaline.benchmarks.stream.FrameBuffer;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.session.SessionLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;

/** A running engine on the time of the stream, and how frames get into it. */
final class Feed implements AutoCloseable {

  static final Duration NEVER = Duration.ofDays(3650);
  static final Duration USUAL = SessionLimits.defaults().sleepAfter();

  private static final int AT_ONCE = 10_000;
  private static final int LAST = 64;

  final VirtualClock clock = new VirtualClock();
  final TourEngine engine;
  private final ArrayDeque<CompletionStage<Void>> last = new ArrayDeque<>(LAST);
  private final FrameBuffer buffer = new FrameBuffer();

  /** Starts an engine whose sessions never end. */
  Feed(Values told, Duration sleepAfter) {
    SessionLimits usual = SessionLimits.defaults();
    SessionLimits limits =
        new SessionLimits(
            NEVER, NEVER, sleepAfter, usual.historySize(), usual.historyAge(), 10_000_000);
    engine =
        TourEngine.builder(Rules.of(told))
            .limits(limits)
            .compileCache(Path.of(told.text("cache")))
            .clock(clock)
            .lanes(told.whole("lanes"))
            .build();
  }

  /** Gives a frame to the engine. */
  void put(byte[] frame) {
    if (last.size() == LAST) {
      last.removeFirst();
    }
    last.addLast(engine.acceptFrame(frame));
  }

  /** Waits until everything that was put is evaluated: a lane works in order. */
  void await() {
    last.forEach(stage -> stage.toCompletableFuture().join());
    last.clear();
  }

  /** Opens sessions with so many actions each, a cohort after the other. */
  void open(int sessions, int actions) {
    StreamShape all = StreamShape.of(sessions, actions);
    for (int from = 0; from < sessions; from += AT_ONCE) {
      StreamShape cohort = all.part(from, Math.min(AT_ONCE, sessions - from));
      StreamGenerator generator = new StreamGenerator(cohort, clock.millis());
      while (generator.hasNext()) {
        buffer.clear();
        clock.advanceTo(generator.next(buffer));
        put(buffer.toBytes());
      }
      await();
    }
  }

  /** Lets time pass until every session is asleep. */
  void putToSleep(int sessions) {
    clock.advanceTo(clock.millis() + USUAL.toMillis() + 1_000);
    while (engine.stats().asleep() < sessions) {
      Stopwatch.pause(0.05);
    }
    settle();
  }

  /** Waits for the lanes to look around twice more. */
  void settle() {
    Stopwatch.pause(0.3);
  }

  @Override
  public void close() {
    engine.close();
  }
}
