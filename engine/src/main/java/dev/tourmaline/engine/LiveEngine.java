package dev.tourmaline.engine;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.internal.live.EngineRuntime;
import dev.tourmaline.engine.internal.live.Lanes;
import dev.tourmaline.engine.internal.live.Lifecycle;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The engine in front of the concurrent runtime: what it is asked goes to the lane it concerns. */
final class LiveEngine implements TourEngine {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final EventDecoder decoder = EventDecoder.create();
  private final TriggerLedger ledger;
  private final Optional<Path> compileCache;
  private final EngineRuntime runtime;
  private final Lanes lanes;
  private final Lifecycle lifecycle;

  private LiveEngine(LiveSettings settings, RuleBase rules, Optional<Path> compileCache) {
    this.ledger = settings.ledger();
    this.compileCache = compileCache;
    this.runtime = new EngineRuntime(settings, rules.newProgram());
    this.lanes = runtime.lanes();
    this.lifecycle = runtime.lifecycle();
  }

  static LiveEngine start(LiveSettings settings, RuleBase rules, Optional<Path> compileCache) {
    LiveEngine engine = new LiveEngine(settings, rules, compileCache);
    engine.lifecycle.start(engine::acceptFrame);
    return engine;
  }

  @Override
  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    return lifecycle.whileOpen(
        () -> {
          DecodeResult result = decoder.decode(utf8);
          runtime.intake().count(result);
          return result instanceof DecodeResult.Decoded decoded ? lanes.put(decoded.event()) : DONE;
        });
  }

  @Override
  public CompletionStage<Void> accept(StreamEvent event) {
    return lifecycle.whileOpen(() -> lanes.put(event));
  }

  @Override
  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    return lifecycle.whileOpen(() -> lanes.tryPut(event));
  }

  @Override
  public CompletionStage<Decision> trigger(ManualTrigger request) {
    return lifecycle.whileOpen(
        () ->
            lanes.ask(
                request.session(),
                (core, now) -> runtime.decider().judge(request, core.userOf(request.session()))));
  }

  @Override
  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    return lifecycle.whileOpen(
        () ->
            lanes.ask(
                feedback.session(), (core, now) -> runtime.decider().take(feedback, core, now)));
  }

  @Override
  public void replaceRules(RuleSet rules) {
    replaceRules(RuleBase.compile(rules, compileCache));
  }

  @Override
  public void replaceRules(RuleBase rules) {
    lifecycle.whileOpen(
        () -> {
          runtime.moveTo(rules.newProgram());
          return DONE;
        });
  }

  @Override
  public EngineStats stats() {
    return runtime.stats();
  }

  @Override
  public TriggerLedger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
