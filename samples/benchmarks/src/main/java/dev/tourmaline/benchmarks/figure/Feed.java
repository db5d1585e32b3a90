package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;

/**
 * A running engine, usually with sessions that never end. Its time passes by itself, and leaps to
 * that of the stream. Fed by one thread.
 */
final class Feed implements AutoCloseable {

  private static final SessionLimits USUAL = SessionLimits.defaults();
  private static final Duration NEVER = Duration.ofDays(3650);
  private static final int COHORT = 10_000;
  private static final int LAST = 64;

  final TourEngine engine;
  private final Deque<CompletionStage<Void>> last = new ArrayDeque<>(LAST);
  private volatile long ahead;

  /** Starts an engine that never ends a session; quiet ones go to sleep as usual, or never. */
  Feed(Workload load, boolean sleeping) {
    this(
        load,
        new SessionLimits(
            NEVER,
            NEVER,
            sleeping ? USUAL.sleepAfter() : NEVER,
            USUAL.historySize(),
            USUAL.historyAge(),
            10_000_000,
            10_000_000,
            Runtime.getRuntime().maxMemory()));
  }

  /** Starts an engine whose sessions have these limits. */
  Feed(Workload load, SessionLimits limits) {
    advanceTo(GeneratedStream.BEGIN);
    engine =
        TourEngine.builder(load.compiled())
            .limits(limits)
            .clock(() -> Instant.ofEpochMilli(now()))
            .lanes(load.lanes())
            .build();
  }

  /** The engine's time, in milliseconds since the epoch. */
  long now() {
    return ahead + passed();
  }

  private static long passed() {
    return Stopwatch.nanos() / 1_000_000;
  }

  /** Moves the engine's time on, never back. */
  void advanceTo(long millis) {
    ahead = Math.max(ahead, millis - passed());
  }

  CompletionStage<Void> put(byte[] frame) {
    if (last.size() == LAST) {
      last.removeFirst();
    }
    CompletionStage<Void> decided = engine.acceptFrame(frame);
    last.addLast(decided);
    return decided;
  }

  void put(GeneratedStream.Frame frame) {
    advanceTo(frame.forwardedAt());
    put(frame.bytes());
  }

  /** Waits until everything that was put is evaluated: a lane works in order. */
  void await() {
    last.forEach(stage -> stage.toCompletableFuture().join());
    last.clear();
  }

  /** Opens the sessions of a stream, a cohort after the other. */
  void open(GeneratedStream stream) {
    for (int from = 0; from < stream.sessions(); from += COHORT) {
      int count = Math.min(COHORT, stream.sessions() - from);
      stream.part(from, count).forEach(now(), this::put);
      await();
    }
  }

  /**
   * Lets time pass until so many sessions are asleep, or all there are, and lanes have looked
   * around once more.
   */
  void putToSleep(int sessions) {
    advanceTo(now() + USUAL.sleepAfter().toMillis() + 1_000);
    while (engine.stats().asleep() < sessions && engine.stats().awake() > 0) {
      Stopwatch.pause(0.05);
    }
    Stopwatch.pause(0.3);
  }

  @Override
  public void close() {
    engine.close();
  }
}
