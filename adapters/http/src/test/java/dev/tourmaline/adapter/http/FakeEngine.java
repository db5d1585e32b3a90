package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.listener.EngineHealth;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Remembers what it was asked, and answers what the test wants. */
final class FakeEngine implements TourEngine {

  final List<TourFeedback> feedback = new CopyOnWriteArrayList<>();
  final List<ProviderReport> reports = new CopyOnWriteArrayList<>();
  final List<String> vouched = new CopyOnWriteArrayList<>();
  final List<ManualTrigger> requests = new CopyOnWriteArrayList<>();
  volatile Function<ManualTrigger, Decision> decision =
      request -> {
        throw new IllegalStateException("the engine is closed");
      };
  volatile boolean knowsTriggers = true;
  volatile boolean takesReports = true;
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public CompletionStage<Decision> trigger(ManualTrigger request) {
    requests.add(request);
    return CompletableFuture.completedFuture(decision.apply(request));
  }

  final List<String> wishes = new CopyOnWriteArrayList<>();
  final List<String> claims = new CopyOnWriteArrayList<>();
  final List<Switch> switches = new CopyOnWriteArrayList<>();

  @Override
  public void claim(SessionKey session, String userId, Map<String, Object> attributes) {
    claims.add("%s of %s: %s".formatted(session, userId, new TreeMap<>(attributes)));
  }

  @Override
  public CompletionStage<Void> wantsTours(SessionKey session, String userId, boolean wanted) {
    wishes.add("%s of %s wants tours: %s".formatted(session, userId, wanted));
    return CompletableFuture.completedStage(null);
  }

  final List<String> objections = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Void> object(String productId, String userId, boolean objects) {
    objections.add("%s of %s objects: %s".formatted(userId, productId, objects));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public EffectReport effects() {
    return new EffectReport(Instant.EPOCH, 0.95, List.of());
  }

  @Override
  public void turn(Switch set) {
    switches.add(set);
  }

  @Override
  public List<Switch> switches() {
    return List.copyOf(switches);
  }

  @Override
  public void vouch(SessionKey session, String userId) {
    vouched.add(session + " is " + userId);
  }

  @Override
  public CompletionStage<Boolean> feedback(TourFeedback report) {
    feedback.add(report);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return CompletableFuture.completedFuture(knowsTriggers);
  }

  @Override
  public CompletionStage<Boolean> feedback(ProviderReport report) {
    if (!takesReports) {
      throw new IllegalStateException("the engine is closed");
    }
    reports.add(report);
    return CompletableFuture.completedFuture(knowsTriggers);
  }

  @Override
  public CompletionStage<Void> accept(StreamEvent event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CompletionStage<Void>> tryAcceptFrame(byte[] utf8) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EngineHealth health() {
    return new EngineHealth(List.of(), List.of(), 0, 1);
  }

  @Override
  public CloseReport close(Duration timeout) {
    return new CloseReport(0, List.of());
  }

  @Override
  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void replaceRules(RuleSet rules) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void replaceRules(RuleBase rules) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EngineStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TriggerLedger ledger() {
    return new InMemoryLedger();
  }

  @Override
  public CompletionStage<Explanation> explain(SessionKey session) {
    throw new IllegalStateException("the engine is closed");
  }
}
