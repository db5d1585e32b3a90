package dev.tourmaline.engine.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A rate limit on the log lines of one kind: a few in each period are written, the others are
 * counted, and the count is a line of its own.
 *
 * <p>Periods follow each other without overlap and are the same for all kinds (a fixed window).
 * What a period left out is said, kind by kind, by the first call after its end. A line that is
 * left out costs a look at the clock and in a table; its arguments are never formatted.
 *
 * <p>Kinds are meant to be few and fixed. The first {@value #MAX_KINDS} of a period are told apart,
 * later ones share one limit and one count, so kinds made of input do no harm. Thread-safe.
 */
public final class ThrottledLog {

  /** The number of kinds of one period that are told apart. */
  public static final int MAX_KINDS = 100;

  private static final String OTHER_KINDS = "(other)";
  private static final int LINES = 5;
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Logger log;
  private final InstantSource clock;
  private final int lines;
  private final Duration period;

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Map<String, Count> kinds = new HashMap<>();
  private Instant start;

  /**
   * A limit of 5 lines of a kind in 10 seconds.
   *
   * @param log where the lines go
   * @param clock this machine's time; set back, it ends the period
   */
  public ThrottledLog(Logger log, InstantSource clock) {
    this(log, clock, LINES, PERIOD);
  }

  /**
   * A limit of some lines of a kind in a period.
   *
   * @param log where the lines go
   * @param clock this machine's time; set back, it ends the period
   * @param lines how many of a kind are written in a period, at least 1
   * @param period the length of a period, longer than zero
   * @throws IllegalArgumentException if no line could ever pass, or no period has a length
   */
  public ThrottledLog(Logger log, InstantSource clock, int lines, Duration period) {
    this.log = Objects.requireNonNull(log, "log");
    this.clock = Objects.requireNonNull(clock, "clock");
    if (lines < 1) {
      throw new IllegalArgumentException("lines is %d, it must be at least 1".formatted(lines));
    }
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException(
          "period is %s, it must be longer than zero".formatted(period));
    }
    this.lines = lines;
    this.period = period;
    this.start = clock.instant();
  }

  /**
   * Writes a line at level WARN, or counts it.
   *
   * @param kind what such lines are about, in a few fixed words: {@code rejected frames}
   * @param format the line, as SLF4J has it
   * @param arguments what goes into the line; a {@link Throwable} at the end comes with its stack
   */
  public void warn(String kind, String format, @Nullable Object... arguments) {
    write(Level.WARN, kind, format, arguments);
  }

  /**
   * Writes a line at level ERROR, or counts it.
   *
   * @param kind what such lines are about, in a few fixed words: {@code failures of rules}
   * @param format the line, as SLF4J has it
   * @param arguments what goes into the line; a {@link Throwable} at the end comes with its stack
   */
  public void error(String kind, String format, @Nullable Object... arguments) {
    write(Level.ERROR, kind, format, arguments);
  }

  private void write(Level level, String kind, String format, @Nullable Object... arguments) {
    List<Count> leftOut = List.of();
    Duration elapsed;
    boolean written;
    synchronized (lock) {
      Instant now = clock.instant();
      elapsed = Duration.between(start, now);
      if (elapsed.isNegative() || elapsed.compareTo(period) >= 0) {
        leftOut = kinds.values().stream().filter(count -> count.leftOut(lines) > 0).toList();
        kinds.clear();
        start = now;
      }
      written = of(level, kind).increment() <= lines;
    }
    for (Count count : leftOut) {
      line(
          count.level,
          "{}: {} more such lines were left out in {} s",
          count.kind,
          count.leftOut(lines),
          Math.max(period.toSeconds(), elapsed.toSeconds()));
    }
    if (written) {
      line(level, format, arguments);
    }
  }

  private Count of(Level level, String kind) {
    String known = kinds.containsKey(kind) || kinds.size() < MAX_KINDS ? kind : OTHER_KINDS;
    return kinds.computeIfAbsent(known, name -> new Count(name, level));
  }

  private void line(Level level, String format, @Nullable Object... arguments) {
    if (level == Level.ERROR) {
      log.error(format, arguments);
    } else {
      log.warn(format, arguments);
    }
  }

  /** How often a kind occurred in a period; nobody counts on once the period is over. */
  private static final class Count {

    private final String kind;
    private final Level level;
    private long occurred;

    Count(String kind, Level level) {
      this.kind = kind;
      this.level = level;
    }

    long increment() {
      return ++occurred;
    }

    long leftOut(int lines) {
      return occurred - lines;
    }
  }
}
