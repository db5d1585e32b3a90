package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.internal.core.Counters;
import dev.tourmaline.engine.internal.core.Intake;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.internal.policy.KnownAttributes;
import dev.tourmaline.engine.internal.policy.Objectors;
import dev.tourmaline.engine.internal.policy.SwitchBoard;
import dev.tourmaline.engine.listener.CloseReport;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * What the products of an engine have in common: sources, decoder, caches, sinks, and the threads
 * that watch and schedule; each is started once and closed once. Between them every product has an
 * {@link EngineRuntime} of its own, its bulkhead. Thread-safe.
 */
public final class SharedStages {

  final LiveSettings settings;
  final Listeners listeners;
  final UncaughtFaults faults;
  final Scheduler scheduler;
  final SinkWorkers sinks;
  final SourceOutages outages;
  final Watchdog watchdog;
  final PagePaths paths = new PagePaths();
  final Objectors objectors;
  final SwitchBoard switches;
  final KnownAttributes attributes;
  private final EventDecoder decoder = EventDecoder.create();
  private final Lifecycle lifecycle;
  private final ThrottledLog log;

  /**
   * Assembles the stages, not started yet.
   *
   * @param counters of the product that a source carries
   */
  public SharedStages(LiveSettings settings, Function<String, Counters> counters) {
    this.settings = settings;
    this.listeners = new Listeners(settings.listeners(), settings.clock());
    this.log = new ThrottledLog(LoggerFactory.getLogger(SharedStages.class), settings.clock());
    this.faults = new UncaughtFaults(listeners, settings.clock());
    this.scheduler = new Scheduler(faults);
    this.sinks = new SinkWorkers(settings.sinks(), settings.clock(), scheduler, faults);
    this.objectors = new Objectors(settings.policy().objections());
    this.switches = new SwitchBoard(settings.policy().switches());
    this.attributes = new KnownAttributes(settings.policy().attributes());
    this.outages = new SourceOutages(settings.clock(), listeners, counters);
    // A scheduler's thread that an Error has ended starts again.
    this.watchdog = new Watchdog(settings.ruleBudget(), scheduler::prestartCoreThread, faults);
    this.lifecycle = new Lifecycle(settings.sources(), outages, watchdog, sinks, scheduler, faults);
  }

  /** Adds the stages of a product, before the start. */
  void add(Lanes lanes, Publisher publisher) {
    lifecycle.add(lanes, publisher);
  }

  /** {@return a counter of what is decoded, which tells the listeners of what is rejected} */
  public Intake intake(Counters counters) {
    return new Intake(counters, this::rejected);
  }

  private void rejected(DecodeResult.Rejected rejected) {
    log.warn(
        rejected.reason().name(),
        "rejected a frame or an action, {}: {}",
        rejected.reason(),
        rejected.detail());
    listeners.tell(listener -> listener.rejected(rejected));
  }

  public DecodeResult decode(byte[] utf8) {
    return decoder.decode(utf8);
  }

  /**
   * Starts the threads, then the sources.
   *
   * @param routes the product that a source carries
   */
  public void start(Function<String, EngineRuntime> routes) {
    lifecycle.start(source -> frames(source, routes.apply(source.productId())));
  }

  private FrameReceiver frames(EventSource source, EngineRuntime product) {
    return new SourceFrames(source, decoder, product.intake(), product::accept);
  }

  /**
   * Checks that the engine is open.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    lifecycle.requireOpen();
  }

  /** {@return the names of threads that should run and do not} */
  public List<String> deadThreads() {
    return lifecycle.deadThreads();
  }

  /** Stops sources, lanes, sinks in this order; {@return what stayed undone} */
  public CloseReport close(Duration timeout) {
    return lifecycle.close(timeout);
  }
}
