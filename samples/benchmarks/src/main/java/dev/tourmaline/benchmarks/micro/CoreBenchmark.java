package dev.tourmaline.benchmarks.micro;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Vocabulary;
import dev.tourmaline.workload.Workload;
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

/** Decoded actions through the engine's synchronous core, without the threads around it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class CoreBenchmark {

  private static final int SESSIONS = 500;
  private static final int BEFORE = 100;
  private static final int AFTER = 4;

  /** How the rules are written, and how many there are. */
  @Param({"STEP 10", "STEP 50", "STEP 200", "PATTERN 50"})
  public String rules;

  /** How many different texts the actions hold. */
  @Param("OPEN")
  public Vocabulary vocabulary = Vocabulary.OPEN;

  private List<ActionsEvent> events = List.of();
  private List<ActionsEvent> firsts = List.of();
  private List<ActionsEvent> before = List.of();
  private List<ActionsEvent> after = List.of();
  private RuleProgram program;
  private SessionCore awake;
  private SessionCore asleep;
  private SessionCore empty;

  /** Compiles the rules and makes the events: whole, and cut into single actions. */
  @Setup(Level.Trial)
  public void compile() {
    String[] words = rules.split(" ");
    int count = Integer.parseInt(words[1]);
    Workload load = new Workload(Style.valueOf(words[0]), count, true, 1, vocabulary);
    program =
        new RuleProgram(((Compilation.Compiled) RuleCompiler.compile(load.ruleSet())).rules());
    events = events(BEFORE);
    List<ActionsEvent> longer = events(BEFORE + AFTER);
    firsts = single(longer, 0, 1);
    before = single(longer, 0, BEFORE);
    after = single(longer, BEFORE, BEFORE + AFTER);
  }

  private List<ActionsEvent> events(int actions) {
    EventDecoder decoder = EventDecoder.create();
    List<StreamEvent> events = new ArrayList<>();
    GeneratedStream.of(SESSIONS, actions, vocabulary)
        .forEach(
            GeneratedStream.BEGIN,
            frame -> events.add(((DecodeResult.Decoded) decoder.decode(frame.bytes())).event()));
    return events.stream().map(ActionsEvent.class::cast).toList();
  }

  /** The actions of some numbers, each as an event of its own. */
  private static List<ActionsEvent> single(List<ActionsEvent> events, int from, int to) {
    return events.stream()
        .flatMap(
            event -> event.actions().stream().map(action -> event.withActions(List.of(action))))
        .filter(event -> event.actions().get(0).index() >= from)
        .filter(event -> event.actions().get(0).index() < to)
        .toList();
  }

  /** Makes cores, two of them with sessions that have a hundred actions behind them. */
  @Setup(Level.Invocation)
  public void begin() {
    empty = core(false);
    awake = core(false);
    asleep = core(true);
    give(awake, before);
    give(asleep, before);
  }

  private SessionCore core(boolean alwaysSleep) {
    SessionLimits limits = SessionLimits.defaults().withMaxAwake(1_000_000);
    CoverageGaps none = new CoverageGaps();
    PagePaths paths = new PagePaths();
    return new SessionCore(
        new CoreParts(paths, product -> none, limits, alwaysSleep),
        new RuleEvaluator(program, true, limits.historySize(), failure -> {}),
        new Offers());
  }

  private static void give(SessionCore core, List<ActionsEvent> events) {
    for (ActionsEvent event : events) {
      long now = event.forwardedAt().toEpochMilli();
      core.advance(now);
      core.accept(event, now);
    }
  }

  /** Lets the sessions go. */
  @TearDown(Level.Invocation)
  public void end() {
    empty.close();
    awake.close();
    asleep.close();
  }

  /** An action of a session of a hundred actions, opening the session included. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * BEFORE)
  public void action() {
    give(empty, events);
  }

  /** An action of a session that is awake. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * AFTER)
  public void actionAwake() {
    give(awake, after);
  }

  /** An action that wakes its session, which goes back to sleep after it. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * AFTER)
  public void actionThatWakes() {
    give(asleep, after);
  }

  /** A session's first action, and its end. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS)
  public void createAndDispose() {
    give(empty, firsts);
    empty.close();
  }

  /** Takes offers and lets them go. */
  private static final class Offers implements EvaluationListener {

    @Override
    public void evaluated(Evaluation evaluation) {}

    @Override
    public void userKnown(SessionKey session, String userId, String before, long now) {}
  }
}
