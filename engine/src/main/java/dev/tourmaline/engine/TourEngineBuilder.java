package dev.tourmaline.engine;

import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.internal.live.LiveSettings;
import dev.tourmaline.engine.internal.live.PolicySettings;
import dev.tourmaline.engine.internal.policy.InMemoryUsers;
import dev.tourmaline.engine.ledger.InMemoryLedger;
import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.Objections;
import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Builds a {@link TourEngine}. Not thread-safe. Only the rules are mandatory, of the engine or of
 * each tenant.
 */
public final class TourEngineBuilder {

  /** More threads than any machine has processors; each costs memory from the start. */
  static final int MOST_LANES = 1_024;

  private static final Duration LEAST_BUDGET = Duration.ofMillis(10);

  private final Optional<Function<RuleBases, RuleBase>> rules;
  private final List<Tenant> tenants = new ArrayList<>();
  private boolean allRulesRequired;
  private final List<EventSource> sources = new ArrayList<>();
  private final List<TriggerSink> sinks = new ArrayList<>();
  private final List<EngineListener> listeners = new ArrayList<>();
  private TriggerPolicy policy = TriggerPolicy.defaults();
  private SessionLimits limits = SessionLimits.defaults();
  private Optional<UserMemory> userMemory = Optional.empty();
  private UserAttributes attributes = user -> CompletableFuture.completedFuture(Map.of());
  private Objections objections = Objections.inMemory();
  private SwitchStore switches = SwitchStore.inMemory();
  private Optional<TriggerLedger> ledger = Optional.empty();
  private Optional<Path> compileCache = Optional.empty();
  private InstantSource clock = InstantSource.system();
  private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors());
  private int laneCapacity = 4096;
  private Duration ruleBudget = Duration.ofSeconds(2);

  TourEngineBuilder(Optional<Function<RuleBases, RuleBase>> rules) {
    this.rules = rules;
  }

  /**
   * {@return this builder, with one more source of events}
   *
   * @param source started by {@link #build()} and closed with the engine
   */
  public TourEngineBuilder source(EventSource source) {
    sources.add(Objects.requireNonNull(source, "source"));
    return this;
  }

  /**
   * {@return this builder, with one more sink}
   *
   * @param sink closed with the engine
   */
  public TourEngineBuilder sink(TriggerSink sink) {
    sinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /**
   * {@return this builder, with one more listener}
   *
   * @param listener called on decisions, deliveries and failures
   */
  public TourEngineBuilder listener(EngineListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * {@return this builder, with one more tenant}
   *
   * @param tenant a product with rules, a policy or limits of its own; lanes and limits are divided
   *     evenly among the tenants, and the products that are not named together. What the others do
   *     not touch of it is its own: lanes, sessions, slots, counters
   */
  public TourEngineBuilder tenant(Tenant tenant) {
    tenants.add(Objects.requireNonNull(tenant, "tenant"));
    return this;
  }

  /**
   * {@return this builder, whose engine then does not start while the rules of any tenant have
   * errors} Default: it starts, that tenant without rules, the others with theirs; {@link
   * dev.tourmaline.engine.listener.EngineHealth#hindered()} names it until its rules are replaced.
   */
  public TourEngineBuilder allRulesRequired() {
    allRulesRequired = true;
    return this;
  }

  /**
   * {@return this builder, with the policy}
   *
   * @param policy when a tour is welcome; default {@link TriggerPolicy#defaults()}
   */
  public TourEngineBuilder policy(TriggerPolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * {@return this builder, with the memory of users}
   *
   * @param memory what policy remembers of users; default in memory, a million users. Stays the
   *     caller's to close
   */
  public TourEngineBuilder userMemory(UserMemory memory) {
    this.userMemory = Optional.of(memory);
    return this;
  }

  /**
   * {@return this builder, with the attributes of users}
   *
   * @param attributes what is known of users, besides what their tokens claim; default nothing
   */
  public TourEngineBuilder attributes(UserAttributes attributes) {
    this.attributes = Objects.requireNonNull(attributes, "attributes");
    return this;
  }

  /**
   * {@return this builder, with who has objected to being processed}
   *
   * @param objections asked of every event that names a user; default in memory, nobody
   */
  public TourEngineBuilder objections(Objections objections) {
    this.objections = Objects.requireNonNull(objections, "objections");
    return this;
  }

  /**
   * {@return this builder, with the store of kill switches}
   *
   * @param switches where switches are kept; default in memory, all on
   */
  public TourEngineBuilder switches(SwitchStore switches) {
    this.switches = Objects.requireNonNull(switches, "switches");
    return this;
  }

  /**
   * {@return this builder, with the limits of sessions}
   *
   * @param limits how long sessions last; default {@link SessionLimits#defaults()}
   */
  public TourEngineBuilder limits(SessionLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    return this;
  }

  /**
   * {@return this builder, with the ledger}
   *
   * @param ledger the record of decisions; default in memory, bounded
   */
  public TourEngineBuilder ledger(TriggerLedger ledger) {
    this.ledger = Optional.of(ledger);
    return this;
  }

  /**
   * {@return this builder, with a folder that keeps compiled rules}
   *
   * @param folder made if it does not exist; rules that were compiled before load from it. Since
   *     its content is executed, it is used only if it belongs to the user of this process, with
   *     mode 700, where nobody else can exchange it; the key of its seals lies beside it. A refusal
   *     is logged once
   */
  public TourEngineBuilder compileCache(Path folder) {
    this.compileCache = Optional.of(folder);
    return this;
  }

  /**
   * {@return this builder, with the clock}
   *
   * @param clock this machine's time; default the system's
   */
  public TourEngineBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * {@return this builder, with the number of lanes}
   *
   * @param lanes threads that evaluate sessions, from 1 to 1024; default the number of processors.
   *     Divided among tenants, rounded up, so that each has one at least
   */
  public TourEngineBuilder lanes(int lanes) {
    this.lanes = lanes;
    return this;
  }

  /**
   * {@return this builder, with the length of a lane's queue}
   *
   * @param laneCapacity events that wait in one lane before it is full, at least 1; default 4096
   */
  public TourEngineBuilder laneCapacity(int laneCapacity) {
    this.laneCapacity = laneCapacity;
    return this;
  }

  /**
   * {@return this builder, with the time that rules may take}
   *
   * @param budget how long the evaluation of one event may take, at least 10 ms; default two
   *     seconds, a hundred thousand times of what it takes. Rules that exceed it are stopped and
   *     switched off. Where one cannot be stopped, after half as long again another thread takes
   *     over its lane's sessions
   */
  public TourEngineBuilder ruleBudget(Duration budget) {
    this.ruleBudget = Objects.requireNonNull(budget, "budget");
    return this;
  }

  /**
   * Compiles the rules and starts the engine.
   *
   * @return the running engine
   * @throws dev.tourmaline.engine.rule.InvalidRulesException with every problem of every rule file
   * @throws IllegalArgumentException naming every setting that is out of range
   */
  public TourEngine build() {
    List<String> faults = new ArrayList<>();
    if (lanes < 1 || lanes > MOST_LANES) {
      faults.add("lanes is %d, it must be from 1 to %d".formatted(lanes, MOST_LANES));
    }
    atLeastOne(faults, "laneCapacity", laneCapacity);
    if (ruleBudget.compareTo(LEAST_BUDGET) < 0) {
      faults.add("ruleBudget is " + ruleBudget + ", it must be at least 10 ms");
    }
    uniqueNames(faults);
    tenants(faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    LiveSettings settings =
        new LiveSettings(
            List.copyOf(sources),
            List.copyOf(sinks),
            List.copyOf(listeners),
            new PolicySettings(
                policy, userMemory.orElseGet(InMemoryUsers::new), attributes, objections, switches),
            limits,
            ledger.orElseGet(InMemoryLedger::new),
            clock,
            lanes,
            laneCapacity,
            ruleBudget);
    RuleBases bases = new RuleBases(compileCache);
    return tenants.isEmpty() ? single(settings, bases) : shared(settings, bases);
  }

  private TourEngine single(LiveSettings settings, RuleBases bases) {
    LiveEngine engine = new LiveEngine(settings, rules.orElseThrow().apply(bases), compileCache);
    engine.start();
    return engine;
  }

  private TourEngine shared(LiveSettings settings, RuleBases bases) {
    TenantRules compiled = TenantRules.compile(tenants, rules, bases);
    if (allRulesRequired) {
      compiled.requireAll();
    }
    TenantEngine engine = new TenantEngine(settings, tenants, compiled, bases);
    engine.start();
    return engine;
  }

  private void tenants(List<String> faults) {
    Set<String> products = new HashSet<>();
    for (Tenant tenant : tenants) {
      if (!products.add(tenant.productId())) {
        faults.add("two tenants are named '" + tenant.productId() + "', each is a product");
      }
      if (rules.isEmpty() && tenant.followsEngine()) {
        faults.add(
            "tenant '%s' has no rules, and the engine has none either; give it some"
                .formatted(tenant.productId()));
      }
    }
    if (rules.isEmpty() && tenants.isEmpty()) {
      faults.add("there are neither rules nor tenants; name one tenant at least");
    }
    for (EventSource source : rules.isEmpty() ? sources : List.<EventSource>of()) {
      if (!products.contains(source.productId())) {
        faults.add(
            "source %s carries product '%s', which is no tenant: %s"
                .formatted(source.name(), source.productId(), products));
      }
    }
  }

  private static void atLeastOne(List<String> faults, String name, int value) {
    if (value < 1) {
      faults.add(name + " is " + value + ", it must be at least 1");
    }
  }

  private void uniqueNames(List<String> faults) {
    Set<String> names = new HashSet<>();
    for (TriggerSink sink : sinks) {
      if (!names.add(sink.name())) {
        faults.add("two sinks are named '" + sink.name() + "', each needs a name of its own");
      }
    }
  }
}
