package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One core, driven by hand, and all it had to say about each session. */
class CoreRun implements EvaluationListener {

  final Counters counters;
  final Map<String, List<String>> said = new TreeMap<>();
  final List<RuleFailure> failures = new ArrayList<>();
  final CoverageGaps blind = new CoverageGaps();
  final SessionCore core;
  private final boolean prefilter;
  private final SessionLimits limits;

  /** What differs between runs that must agree. */
  record How(boolean prefilter, boolean alwaysSleep, SessionLimits limits) {

    static How plain() {
      return new How(true, false, neverAsleep());
    }

    static SessionLimits neverAsleep() {
      SessionLimits limits = SessionLimits.defaults();
      return limits.withSleepAfter(limits.maxAge());
    }

    How withoutPrefilter() {
      return new How(false, alwaysSleep, limits);
    }

    How asleep() {
      return new How(prefilter, true, limits);
    }

    How within(SessionLimits others) {
      return new How(prefilter, alwaysSleep, others);
    }
  }

  CoreRun(RuleProgram program, How how) {
    this.prefilter = how.prefilter;
    this.limits = how.limits;
    CoreParts parts =
        new CoreParts(
            new PagePaths(KeyedHash.random(), 4), product -> blind, limits, how.alwaysSleep);
    this.core = new SessionCore(parts, evaluator(program), this);
    this.counters = core.counters();
  }

  RuleEvaluator evaluator(RuleProgram program) {
    return new RuleEvaluator(program, prefilter, limits.historySize(), failures::add);
  }

  /** Compiles rules: this package's resources, or texts. */
  static RuleProgram compile(String... sources) {
    RuleSet rules = RuleSet.empty();
    for (String source : sources) {
      boolean file = source.endsWith(".drl");
      String name = file ? source : "rules" + source.hashCode() + ".drl";
      rules = rules.plus(RuleSet.of(name, file ? text(source) : source));
    }
    return new RuleProgram(((Compilation.Compiled) RuleCompiler.compile(rules)).rules());
  }

  static String text(String file) {
    try (InputStream in = CoreRun.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets time pass to an event, as a lane does, and takes it. */
  void take(CoreStreams.Timed event) {
    core.advance(event.now());
    core.accept(event.event(), event.now());
  }

  /** The same sessions in another process, which has said and heard of the same so far. */
  CoreRun moved(RuleProgram program, How how) {
    CoreRun other = new CoreRun(program, how);
    core.save(other.core::restore);
    other.said.putAll(said);
    other.failures.addAll(failures);
    return other;
  }

  CoreRun takeAll(List<CoreStreams.Timed> events) {
    events.forEach(this::take);
    if (!events.isEmpty()) {
      core.advanceExactly(events.get(events.size() - 1).now() + 7_200_000);
    }
    core.close();
    return this;
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    for (Offer offer : evaluation.offers()) {
      say(
          offer.session(),
          "%d %s %s '%s' at %d by %s"
              .formatted(
                  evaluation.now(),
                  offer.rule(),
                  offer.id(),
                  offer.reason(),
                  offer.at().toEpochMilli(),
                  offer.userId()));
    }
    say(evaluation.offers().get(0).session(), "end of evaluation");
  }

  @Override
  public void userKnown(SessionKey session, String userId, String before, long now) {
    say(session, "is " + userId);
  }

  private void say(SessionKey session, String what) {
    said.computeIfAbsent(session.toString(), key -> new ArrayList<>()).add(what);
  }

  /** The names of the rules that offered, in order. */
  List<String> rules() {
    return said.values().stream()
        .flatMap(List::stream)
        .filter(line -> line.contains(" at "))
        .map(line -> line.replaceAll("^\\d+ (.*) [\\w-]{20} '.*", "$1"))
        .toList();
  }
}
