package dev.tourmaline.benchmarks.micro;

import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.stream.StreamShape;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.internal.core.SessionCore;
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

/** One action of a decoded event through the rules, opening the session included. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ActionBenchmark {

  private static final int SESSIONS = 500;
  private static final int ACTIONS = 100;

  /** Step rules. */
  @State(Scope.Benchmark)
  public static class Step extends Sessions {
    /** How many rules. */
    @Param({"10", "50", "200"})
    public int rules;

    @Override
    CoreFixture fixture() {
      return new CoreFixture(Style.STEP, rules);
    }
  }

  /** Event-pattern rules. */
  @State(Scope.Benchmark)
  public static class Pattern extends Sessions {
    /** How many rules. */
    @Param("50")
    public int rules;

    @Override
    CoreFixture fixture() {
      return new CoreFixture(Style.PATTERN, rules);
    }
  }

  /** A core without sessions for each run over the events. */
  abstract static class Sessions {
    private final List<ActionsEvent> events = CoreFixture.events(StreamShape.of(SESSIONS, ACTIONS));
    private CoreFixture fixture;
    private SessionCore core;

    abstract CoreFixture fixture();

    /** Compiles the rules. */
    @Setup(Level.Trial)
    public void compile() {
      fixture = fixture();
    }

    /** Makes the core. */
    @Setup(Level.Invocation)
    public void begin() {
      core = fixture.core(false);
    }

    /** Lets the sessions go. */
    @TearDown(Level.Invocation)
    public void end() {
      core.close();
    }

    void run() {
      CoreFixture.give(core, events);
    }
  }

  /**
   * 500 sessions of 100 actions through step rules.
   *
   * @param sessions the core and its events
   */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * ACTIONS)
  public void step(Step sessions) {
    sessions.run();
  }

  /**
   * 500 sessions of 100 actions through event-pattern rules.
   *
   * @param sessions the core and its events
   */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * ACTIONS)
  public void pattern(Pattern sessions) {
    sessions.run();
  }
}
