package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.ledger.TriggerLedger;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.source.EventSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

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
    Duration ruleBudget) {}
