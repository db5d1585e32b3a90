package dev.tourmaline.benchmarks.micro;

import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.stream.StreamShape;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.SessionCore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to open and end a session, and to wake one and put it back to sleep. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class SessionBenchmark {

  private static final int SESSIONS = 500;
  private static final int BEFORE = 100;
  private static final int AFTER = 4;

  /** How the 50 rules are written. */
  @Param({"STEP", "PATTERN"})
  public Style style;

  private final List<ActionsEvent> before = new ArrayList<>();
  private final List<ActionsEvent> after = new ArrayList<>();
  private final List<ActionsEvent> firsts = new ArrayList<>();
  private CoreFixture fixture;
  private SessionCore awake;
  private SessionCore asleep;
  private SessionCore empty;

  /** Compiles the rules and cuts the events into single actions, the first hundred and the rest. */
  @Setup(Level.Trial)
  public void compile() {
    fixture = new CoreFixture(style, 50);
    for (ActionsEvent event : CoreFixture.events(StreamShape.of(SESSIONS, BEFORE + AFTER))) {
      for (UiAction action : event.actions()) {
        ActionsEvent single = event.withActions(List.of(action));
        (action.index() < BEFORE ? before : after).add(single);
        if (action.index() == 0) {
          firsts.add(single);
        }
      }
    }
  }

  /** Makes cores whose sessions have a hundred actions behind them. */
  @Setup(Level.Invocation)
  public void begin() {
    empty = fixture.core(false);
    awake = fixture.core(false);
    asleep = fixture.core(true);
    CoreFixture.give(awake, before);
    CoreFixture.give(asleep, before);
  }

  /** Lets the sessions go. */
  @TearDown(Level.Invocation)
  public void end() {
    awake.close();
    asleep.close();
  }

  /** An action of a session that is awake. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * AFTER)
  public void actionAwake() {
    CoreFixture.give(awake, after);
  }

  /** An action that wakes its session, which goes back to sleep after it. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * AFTER)
  public void actionThatWakes() {
    CoreFixture.give(asleep, after);
  }

  /** A session's first action, and its end. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS)
  public void createAndDispose() {
    CoreFixture.give(empty, firsts);
    empty.close();
  }
}
