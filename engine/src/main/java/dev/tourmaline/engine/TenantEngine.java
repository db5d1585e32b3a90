package dev.tourmaline.engine;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.live.EngineRuntime;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.internal.live.SharedStages;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router of an engine with tenants: decodes a frame once, and hands each call to the runtime of
 * its product; one more runtime serves the products that are not named, if there are rules for
 * them. Thread-safe.
 */
final class TenantEngine implements TourEngine {

  private static final Logger LOG = LoggerFactory.getLogger(TenantEngine.class);

  /** Stands for the products that are not named. */
  private static final String OTHERS = "";

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final TriggerLedger ledger;
  private final RuleBases bases;
  private final Map<String, TenantRuntime> runtimes = new LinkedHashMap<>();

  /** What belongs to no runtime. */
  private final Counters counters = new Counters();

  private final SharedStages shared;
  private final Intake intake;

  /**
   * Assembles an engine, not started yet.
   *
   * @param settings those of the engine, of which the tenants' lanes and limits are shares
   * @param rules what their rules begin with; products that are not named are served if the engine
   *     has rules of its own
   */
  TenantEngine(LiveSettings settings, List<Tenant> tenants, TenantRules rules, RuleBases bases) {
    this.ledger = settings.ledger();
    this.bases = bases;
    this.shared = new SharedStages(settings, this::countersOf);
    this.intake = shared.intake(counters);
    int shares = tenants.size() + rules.engine().map(own -> 1).orElse(0);
    for (Tenant tenant : tenants) {
      String id = tenant.productId();
      LiveSettings own = settings.share(tenant.policy(), tenant.limits(), shares);
      add(id, own, rules.of(id), tenant.followsEngine());
    }
    LiveSettings rest = settings.share(Optional.empty(), Optional.empty(), shares);
    rules.engine().ifPresent(outcome -> add(OTHERS, rest, outcome, true));
  }

  private void add(String id, LiveSettings own, RuleBases.Outcome outcome, boolean follows) {
    TenantRuntime runtime = TenantRuntime.of(own, outcome, shared, id, follows);
    runtime.hindrance().ifPresent(why -> LOG.error("product {} starts {}", id, why));
    runtimes.put(id, runtime);
  }

  void start() {
    shared.start(this::toCarry);
  }

  /** The runtime that the frames of a source go to. */
  private EngineRuntime toCarry(String productId) {
    return of(productId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a source carries product '%s', which is none of %s"
                        .formatted(productId, runtimes.keySet())));
  }

  private Optional<TenantRuntime> of(String productId) {
    TenantRuntime own = runtimes.get(productId);
    return Optional.ofNullable(own == null ? runtimes.get(OTHERS) : own);
  }

  private Counters countersOf(String productId) {
    return of(productId).map(EngineRuntime::counters).orElse(counters);
  }

  /** Counts an event that no runtime takes. */
  private CompletionStage<Void> unroutable() {
    counters.count(Counters.Of.UNROUTABLE);
    return DONE;
  }

  @Override
  public CompletionStage<Void> accept(StreamEvent event) {
    shared.requireOpen();
    Optional<TenantRuntime> to = of(event.productId());
    return to.isPresent() ? to.get().accept(event) : unroutable();
  }

  @Override
  public Optional<CompletionStage<Void>> tryAccept(StreamEvent event) {
    shared.requireOpen();
    Optional<TenantRuntime> to = of(event.productId());
    return to.isPresent() ? to.get().tryAccept(event) : Optional.of(unroutable());
  }

  @Override
  public CompletionStage<Void> acceptFrame(byte[] utf8) {
    shared.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? accept(event.get()) : DONE;
  }

  @Override
  public Optional<CompletionStage<Void>> tryAcceptFrame(byte[] utf8) {
    shared.requireOpen();
    Optional<StreamEvent> event = decode(utf8);
    return event.isPresent() ? tryAccept(event.get()) : Optional.of(DONE);
  }

  /** Decodes a frame, which counts for its product, where it says of which it is. */
  private Optional<StreamEvent> decode(byte[] utf8) {
    DecodeResult result = shared.decode(utf8);
    if (!(result instanceof DecodeResult.Decoded decoded)) {
      intake.count(result);
      return Optional.empty();
    }
    of(decoded.event().productId()).map(EngineRuntime::intake).orElse(intake).count(result);
    return Optional.of(decoded.event());
  }

  @Override
  public CompletionStage<Decision> trigger(ManualTrigger request) {
    shared.requireOpen();
    String product = request.session().productId();
    return of(product)
        .map(runtime -> runtime.trigger(request))
        .orElseGet(() -> CompletableFuture.failedStage(noTenant(product)));
  }

  private static IllegalArgumentException noTenant(String productId) {
    return new IllegalArgumentException("no tenant is named '" + productId + "'");
  }

  @Override
  public CompletionStage<Boolean> feedback(TourFeedback feedback) {
    shared.requireOpen();
    return of(feedback.session().productId())
        .map(runtime -> runtime.feedback(feedback))
        .orElseGet(() -> CompletableFuture.completedStage(false));
  }

  @Override
  public CompletionStage<Boolean> feedback(ProviderReport report) {
    shared.requireOpen();
    return of(report.productId())
        .map(runtime -> runtime.feedback(report))
        .orElseGet(() -> CompletableFuture.completedStage(false));
  }

  @Override
  public void vouch(SessionKey session, String userId) {
    of(session.productId()).ifPresent(runtime -> runtime.vouch(session, userId));
  }

  /** What is claimed of users is shared, keyed by product. */
  @Override
  public void claim(SessionKey session, String userId, Map<String, Object> attributes) {
    of(session.productId()).ifPresent(runtime -> runtime.claim(session, userId, attributes));
  }

  @Override
  public CompletionStage<Void> wantsTours(SessionKey session, String userId, boolean wanted) {
    shared.requireOpen();
    return of(session.productId())
        .map(runtime -> runtime.wantsTours(session, userId, wanted))
        .orElse(DONE);
  }

  @Override
  public CompletionStage<Void> object(String productId, String userId, boolean objects) {
    shared.requireOpen();
    return of(productId).map(runtime -> runtime.object(productId, userId, objects)).orElse(DONE);
  }

  /** All runtimes look at the same switches. */
  @Override
  public void turn(Switch set) {
    any().turn(set);
    runtimes.values().forEach(runtime -> runtime.turned(set));
  }

  @Override
  public List<Switch> switches() {
    return any().switches();
  }

  private TenantRuntime any() {
    return runtimes.values().iterator().next();
  }

  @Override
  public CompletionStage<Explanation> explain(SessionKey session) {
    shared.requireOpen();
    return of(session.productId())
        .map(runtime -> runtime.explain(session))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    Explanation.ofUnknown(session, ledger.decisions(session))));
  }

  @Override
  public void replaceRules(RuleSet rules) {
    shared.requireOpen();
    replaceRules(bases.of(rules));
  }

  /** Replaces them in each product that follows, also where another does not take them. */
  @Override
  public void replaceRules(RuleBase rules) {
    shared.requireOpen();
    List<IllegalStateException> refusals = new ArrayList<>();
    runtimes.forEach(
        (id, runtime) -> {
          try {
            if (runtime.follows()) {
              runtime.replaceRules(rules, false);
            }
          } catch (IllegalStateException e) {
            String what = "product %s: %s".formatted(id, e.getMessage());
            refusals.add(new IllegalStateException(what, e));
          }
        });
    if (!refusals.isEmpty()) {
      IllegalStateException first = refusals.get(0);
      refusals.subList(1, refusals.size()).forEach(first::addSuppressed);
      throw first;
    }
  }

  @Override
  public void replaceRules(String productId, RuleSet rules) {
    shared.requireOpen();
    TenantRuntime own = tenant(productId);
    own.replaceRules(bases.of(rules), true);
  }

  @Override
  public void replaceRules(String productId, RuleBase rules) {
    shared.requireOpen();
    tenant(productId).replaceRules(rules, true);
  }

  private TenantRuntime tenant(String productId) {
    TenantRuntime own = runtimes.get(productId);
    if (own == null || productId.equals(OTHERS)) {
      throw noTenant(productId);
    }
    return own;
  }

  /** The rules of all tenants; each tenant's intervals are corrected for its own rules alone. */
  @Override
  public EffectReport effects() {
    List<EffectReport> reports = runtimes.values().stream().map(EngineRuntime::effects).toList();
    EffectReport first = reports.get(0);
    return new EffectReport(
        first.at(),
        first.confidence(),
        reports.stream().flatMap(report -> report.rules().stream()).toList());
  }

  @Override
  public Map<String, EffectReport> effectsByTenant() {
    return byTenant(EngineRuntime::effects);
  }

  private <T> Map<String, T> byTenant(Function<EngineRuntime, T> asked) {
    Map<String, T> answers = new LinkedHashMap<>();
    runtimes.forEach((id, runtime) -> answers.put(id, asked.apply(runtime)));
    answers.remove(OTHERS);
    return Collections.unmodifiableMap(answers);
  }

  @Override
  public EngineStats stats() {
    List<EngineStats> all = new ArrayList<>();
    all.add(Counters.snapshot(counters, List.of()));
    runtimes.values().forEach(runtime -> all.add(runtime.stats()));
    return EngineStats.sum(all);
  }

  @Override
  public Map<String, EngineStats> statsByTenant() {
    return byTenant(EngineRuntime::stats);
  }

  /** Where one product is served, no supervisor need act for the others: they are named. */
  @Override
  public EngineHealth health() {
    int lost = 0;
    int most = 0;
    List<String> stuck = new ArrayList<>();
    boolean served = false;
    Map<String, String> hindered = new LinkedHashMap<>();
    for (Map.Entry<String, TenantRuntime> each : runtimes.entrySet()) {
      EngineHealth own = each.getValue().health();
      lost += own.lostThreads();
      most += own.lanes();
      stuck.addAll(own.stuck());
      served |= own.stuck().isEmpty();
      each.getValue().hindrance().ifPresent(why -> hindered.put(each.getKey(), why));
    }
    return new EngineHealth(shared.deadThreads(), served ? List.of() : stuck, lost, most, hindered);
  }

  @Override
  public TriggerLedger ledger() {
    return ledger;
  }

  @Override
  public CloseReport close(Duration timeout) {
    return shared.close(timeout);
  }
}
