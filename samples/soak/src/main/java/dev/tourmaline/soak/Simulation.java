package dev.tourmaline.soak;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.JsonLinesSink;
import dev.tourmaline.soak.Column.Moment;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.GeneratedStream.Frame;
import dev.tourmaline.workload.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One run: an engine with a site's visitors, and with everything that goes wrong in a day. */
final class Simulation implements AutoCloseable {

  private static final int MINUTES_BETWEEN_OUTAGES = 5;
  private static final int FRAMES_BETWEEN_REPORTS = 256;

  /** The time of the newest frame, in milliseconds since the epoch. */
  private final AtomicLong now = new AtomicLong(GeneratedStream.BEGIN);

  private final InProcessSource source = new InProcessSource();
  private final BrowserSink browsers = new BrowserSink();
  private final Happenings happenings = new Happenings();
  private final Scratch scratch = new Scratch(Optional.empty());
  private final Path triggers = scratch.file("triggers.jsonl").toPath();
  private final Visitors visitors;
  private final RuleVersions rules;
  private final PrintStream out;
  private final TourEngine engine;
  private Frame next;

  Simulation(Visitors visitors, RuleVersions rules, int lanes, PrintStream out) throws IOException {
    this.visitors = visitors;
    this.rules = rules;
    this.out = out;
    this.next = visitors.next();
    this.engine =
        TourEngine.builder(rules.welcoming())
            .clock(() -> Instant.ofEpochMilli(now.get()))
            .lanes(lanes)
            .limits(SessionLimits.defaults().withSleepAfter(Duration.ofSeconds(30)))
            .compileCache(scratch.file("compiled").toPath())
            .source(source)
            .sink(JsonLinesSink.appendingTo(triggers))
            .sink(new FailingSink())
            .sink(browsers)
            .listener(happenings)
            .build();
  }

  /** Lets time pass in which nothing goes wrong, and the bounded tables fill. */
  void warmUp(Duration time) {
    feedUntil(now.get() + time.toMillis());
  }

  /** Lets so many minutes pass, and prints a row every so many. */
  Verdict run(int minutes, int reportEvery) throws IOException {
    out.println(Row.head());
    List<Row> rows = new ArrayList<>();
    long begin = now.get();
    long start = System.nanoTime();
    double before = 0;
    long actionsBefore = engine.stats().actions();
    for (int minute = 1; minute <= minutes; minute++) {
      if (minute % MINUTES_BETWEEN_OUTAGES == 0) {
        source.lose(now.get());
      }
      feedUntil(begin + minute * 60_000L);
      boolean reports = minute % reportEvery == 0;
      // Rules come into force after what waits in the lanes: nothing does when a row is measured.
      engine.replaceRules(reports ? rules.added(minute) : rules.of(minute));
      happenings.count("rules replaced");
      if (reports) {
        rotate();
        System.gc();
        EngineStats stats = engine.stats();
        double wall = (System.nanoTime() - start) / 1e9;
        double pace = (stats.actions() - actionsBefore) / (wall - before);
        Row row = Row.at(new Moment(minute / 60.0, wall, pace, stats));
        rows.add(row);
        out.println(row);
        before = wall;
        actionsBefore = stats.actions();
      }
    }
    return Verdict.of(rows)
        .and(engine.health().isReady(), engine.health().toString())
        .and(rows.get(rows.size() - 1).get(Column.LOST) == 0, "events were lost");
  }

  private void feedUntil(long end) {
    for (int frames = 1; next.forwardedAt() < end; frames++) {
      now.set(next.forwardedAt());
      source.send(next);
      next = visitors.next();
      if (frames % FRAMES_BETWEEN_REPORTS == 0) {
        browsers.reportTo(engine);
      }
    }
    now.set(end);
    browsers.reportTo(engine);
  }

  /** As a system's log rotation does. */
  private void rotate() throws IOException {
    if (Files.exists(triggers)) {
      Path old = triggers.resolveSibling("triggers.1.jsonl");
      Files.move(triggers, old, StandardCopyOption.REPLACE_EXISTING);
      happenings.count("file rotated");
    }
  }

  Happenings happened() {
    return happenings;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    scratch.close();
  }
}
