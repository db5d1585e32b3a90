package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of an engine.
 *
 * @param sources where events come from
 * @param sinks where triggers go
 * @param listeners the listeners
 * @param policy when a tour is welcome
 * @param limits how long sessions last
 * @param ledger the record of decisions
 * @param clock this machine's time
 * @param lanes how many lanes
 * @param laneCapacity how many tasks wait in one
 * @param ruleBudget how long one evaluation of rules may take
 */
public record LiveSettings(
    List<EventSource> sources,
    List<TriggerSink> sinks,
    List<EngineListener> listeners,
    PolicySettings policy,
    SessionLimits limits,
    TriggerLedger ledger,
    InstantSource clock,
    int lanes,
    int laneCapacity,
    Duration ruleBudget) {

  /**
   * {@return these settings for one product of several: an even share of lanes and sessions}
   *
   * @param own when a tour of that product is welcome; empty for these settings' policy
   * @param limit what the product may have instead of its share; empty for the share
   * @param shares how many there are
   */
  public LiveSettings share(
      Optional<TriggerPolicy> own, Optional<SessionLimits> limit, int shares) {
    return new LiveSettings(
        sources,
        sinks,
        listeners,
        own.map(policy::with).orElse(policy),
        limit.orElseGet(() -> limits.dividedBy(shares)),
        ledger,
        clock,
        (lanes + shares - 1) / shares,
        laneCapacity,
        ruleBudget);
  }
}
