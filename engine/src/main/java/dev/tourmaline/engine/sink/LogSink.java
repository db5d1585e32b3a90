package dev.tourmaline.engine.sink;

import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each trigger to the log, at level INFO, in a sentence on one line: no id or reason can
 * begin a line of its own. Its logger is {@value #LOGGER}. Thread-safe.
 */
public final class LogSink implements TriggerSink {

  /** The name of the logger. */
  public static final String LOGGER = "dev.tourmaline.triggers";

  private final Logger log = LoggerFactory.getLogger(LOGGER);
  private final RecentIds delivered = new RecentIds();

  private LogSink() {}

  /** {@return a log sink, named {@code log}} */
  public static LogSink create() {
    return new LogSink();
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public CompletionStage<Delivery> deliver(TourTrigger trigger, PreDeliveryCheck check) {
    if (!delivered.contains(trigger.id())) {
      log.info(
          "tour {} for {}: {} ({}, {})",
          OneLine.of(trigger.flowId()),
          OneLine.of(trigger.session().toString()),
          OneLine.of(trigger.reason()),
          trigger.rule().isEmpty()
              ? trigger.origin().name().toLowerCase(Locale.ROOT)
              : "rule \"" + OneLine.of(trigger.rule()) + "\"",
          OneLine.of(trigger.id()));
      delivered.add(trigger.id());
    }
    return CompletableFuture.completedFuture(new Delivery.Delivered());
  }
}
