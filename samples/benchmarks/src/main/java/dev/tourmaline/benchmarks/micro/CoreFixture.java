package dev.tourmaline.benchmarks.micro;

import dev.tourmaline.benchmarks.behaviour.RuleGenerator;
import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.stream.FrameBuffer;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.internal.core.CoreParts;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Evaluation;
import dev.tourmaline.engine.internal.core.EvaluationListener;
import dev.tourmaline.engine.internal.core.SessionCore;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.Dictionary;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.ArrayList;
import java.util.List;

/** The engine's synchronous core without the threads around it, and events for it. */
final class CoreFixture {

  private final RuleProgram program;

  CoreFixture(Style style, int rules) {
    program =
        new RuleProgram(
            ((Compilation.Compiled) RuleCompiler.compile(RuleGenerator.rules(style, rules)))
                .rules());
  }

  /** A core without sessions. */
  SessionCore core(boolean alwaysSleep) {
    CoverageGaps neverBlind = new CoverageGaps();
    SessionLimits limits = SessionLimits.defaults();
    CoreParts parts =
        new CoreParts(
            new Dictionary(),
            product -> neverBlind,
            limits.withMaxAwake(1_000_000),
            alwaysSleep,
            new Counters());
    RuleEvaluator evaluator = new RuleEvaluator(program, true, limits.historySize(), failure -> {});
    return new SessionCore(parts, evaluator, new Offers());
  }

  static List<byte[]> frames(StreamShape shape) {
    List<byte[]> frames = new ArrayList<>();
    StreamGenerator generator = new StreamGenerator(shape);
    FrameBuffer buffer = new FrameBuffer();
    while (generator.hasNext()) {
      buffer.clear();
      generator.next(buffer);
      frames.add(buffer.toBytes());
    }
    return frames;
  }

  static List<ActionsEvent> events(StreamShape shape) {
    EventDecoder decoder = EventDecoder.create();
    List<ActionsEvent> events = new ArrayList<>();
    for (byte[] frame : frames(shape)) {
      DecodeResult.Decoded decoded = (DecodeResult.Decoded) decoder.decode(frame);
      events.add((ActionsEvent) decoded.event());
    }
    return events;
  }

  static void give(SessionCore core, List<ActionsEvent> events) {
    for (ActionsEvent event : events) {
      long now = event.forwardedAt().toEpochMilli();
      core.advance(now);
      core.accept(event, now);
    }
  }

  /** Takes offers and lets them go. */
  private static final class Offers implements EvaluationListener {

    @Override
    public void evaluated(Evaluation evaluation) {}

    @Override
    public void userKnown(SessionKey session, String userId) {}
  }
}
