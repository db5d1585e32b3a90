package dev.tourmaline.daemon;

import dev.tourmaline.adapter.attributes.FileAttributes;
import dev.tourmaline.adapter.attributes.HttpAttributes;
import dev.tourmaline.adapter.autoplay.AutoplaySource;
import dev.tourmaline.adapter.http.AdminServer;
import dev.tourmaline.adapter.http.BrowserSink;
import dev.tourmaline.adapter.http.JettyServer;
import dev.tourmaline.adapter.http.SourceReadiness;
import dev.tourmaline.adapter.http.TourServer;
import dev.tourmaline.adapter.http.UsertourWebhook;
import dev.tourmaline.daemon.config.DaemonConfig;
import dev.tourmaline.daemon.config.DaemonConfig.Host;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.daemon.config.Secret;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.TourEngineBuilder;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.sink.JsonLinesSink;
import dev.tourmaline.engine.sink.LogSink;
import dev.tourmaline.engine.sink.TriggerSink;
import dev.tourmaline.engine.user.UserAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that {@code run} runs, from the streams to the ports. */
final class Daemon implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  /** What is to be closed, the last first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Leaves some of the five seconds after a signal to the ports. */
  private static final Duration ENGINE_CLOSES_WITHIN = Duration.ofSeconds(4);

  private static final Duration RULES_ARE_READ_EVERY = Duration.ofSeconds(1);

  private final DaemonConfig config;
  private final SourceReadiness readiness = SourceReadiness.create();
  private final CompletableFuture<StopReason> stop;
  private final TourEngine engine;

  private Daemon(DaemonConfig config, CompletableFuture<StopReason> stop) {
    this.config = config;
    this.stop = stop;
    Optional<BrowserSink> browser = browserSink();
    engine = engine(browser);
    List<String> ports = new ArrayList<>();
    try {
      config.http().ifPresent(http -> ports.add(serve(http, browser)));
      config.admin().ifPresent(admin -> ports.add(serve(admin)));
    } catch (RuntimeException e) {
      parts.push(engine);
      close();
      throw e;
    }
    // The engine drains first, while browsers are still connected.
    parts.push(() -> engine.close(ENGINE_CLOSES_WITHIN));
    ProductRules.of(config).watch(engine, RULES_ARE_READ_EVERY).forEach(parts::push);
    config.warnings().forEach(log::warn);
    ProductRules.of(config).contradictions().forEach(log::warn);
    log.info("tourmaline {} runs: {}", Version.text(), summary(ports));
  }

  /** Why the daemon stops. */
  sealed interface StopReason {

    /** It was asked to, by a signal. */
    record Requested() implements StopReason {}

    /**
     * A stream ended for good.
     *
     * @param message what happened and what to check
     */
    record StreamEnded(String message) implements StopReason {}

    /**
     * The engine has lost as many threads to rules as it has lanes.
     *
     * @param message what happened
     */
    record EngineFailed(String message) implements StopReason {}
  }

  /**
   * Starts everything.
   *
   * @param stop why the daemon stops, once it is to; completed here when a stream that the daemon
   *     does not go on without has ended for good
   * @throws dev.tourmaline.engine.rule.InvalidRulesException with every problem of the rules
   * @throws java.io.UncheckedIOException if a port or a file cannot be opened
   */
  static Daemon start(DaemonConfig config, CompletableFuture<StopReason> stop) {
    return new Daemon(config, stop);
  }

  /** Waits until the program is to stop. */
  StopReason awaitStop() {
    return stop.join();
  }

  private TourEngine engine(Optional<BrowserSink> browser) {
    TourEngineBuilder builder =
        ProductRules.of(config)
            .engine()
            .listener(readiness)
            .listener(new FatalStreams(config.products(), stop))
            .listener(new FatalEngine(stop));
    config.attributes().map(Daemon::attributes).ifPresent(builder::attributes);
    CacheFolder.find(System.getenv()).ifPresent(builder::compileCache);
    List<TriggerSink> sinks = new ArrayList<>();
    try {
      for (DaemonConfig.Sink sink : config.sinks()) {
        sinks.add(sink(sink, browser));
      }
      sinks.forEach(builder::sink);
      for (Product product : config.products()) {
        builder.source(
            AutoplaySource.builder(product.id(), product.url().toString(), product.token())
                .build());
      }
      return builder.build();
    } catch (RuntimeException e) {
      sinks.forEach(TriggerSink::close);
      throw e;
    }
  }

  private static UserAttributes attributes(DaemonConfig.Attributes from) {
    if (from instanceof DaemonConfig.Attributes.OfFile file) {
      try {
        return FileAttributes.read(file.file());
      } catch (IOException e) {
        throw new UncheckedIOException(file.file() + " cannot be read: " + e.getMessage(), e);
      }
    }
    DaemonConfig.Attributes.OfService service = (DaemonConfig.Attributes.OfService) from;
    HttpAttributes.Builder builder =
        HttpAttributes.builder(service.url()).timeout(service.timeout());
    service.token().ifPresent(token -> builder.token(token));
    return builder.build();
  }

  private Optional<BrowserSink> browserSink() {
    if (config.http().isEmpty()) {
      return Optional.empty();
    }
    return config.sinks().stream()
        .filter(DaemonConfig.Sink.Browser.class::isInstance)
        .map(DaemonConfig.Sink.Browser.class::cast)
        .map(sink -> BrowserSink.builder().timeToLive(sink.timeToLive()).build())
        .findFirst();
  }

  private static TriggerSink sink(DaemonConfig.Sink sink, Optional<BrowserSink> browser) {
    if (sink instanceof DaemonConfig.Sink.JsonLines lines) {
      return JsonLinesSink.appendingTo(lines.file());
    }
    return sink instanceof DaemonConfig.Sink.Browser ? browser.orElseThrow() : LogSink.create();
  }

  private String serve(DaemonConfig.Http http, Optional<BrowserSink> sink) {
    TourServer.Builder builder =
        TourServer.builder(
                engine,
                sink.orElseGet(BrowserSink::create),
                new RotatingTokens(http.sessionSecrets()))
            .host(http.host().name())
            .port(http.port())
            .products(config.products().stream().map(Product::id).toList())
            .corsOrigins(http.cors());
    http.publishTokens().forEach(builder::publishToken);
    for (Product product : config.products()) {
      if (!product.usertourSecrets().isEmpty()) {
        builder.providerWebhook(
            product.id(),
            UsertourWebhook.of(() -> product.usertourSecrets().stream().map(Secret::get).toList()));
      }
    }
    http.publicOrigin().ifPresent(builder::publicOrigin);
    http.maxConnections().ifPresent(builder::maxConnections);
    return "browsers at http://%s:%d"
        .formatted(http.host().name(), start(builder.build(), http.host(), "http.port"));
  }

  private String serve(DaemonConfig.Admin admin) {
    AdminServer.Builder builder =
        AdminServer.builder(readiness)
            .health(engine::health)
            .engine(engine)
            .products(config.products().stream().map(Product::id).toList())
            .host(admin.host().name())
            .port(admin.port());
    admin.tokens().forEach(builder::token);
    return "operators at http://%s:%d"
        .formatted(admin.host().name(), start(builder.build(), admin.host(), "admin.port"));
  }

  /** Starts a server and tells its port; one that cannot listen is blamed on its key. */
  private int start(JettyServer server, Host host, String key) {
    try {
      parts.push(server.start());
      return server.port();
    } catch (UncheckedIOException e) {
      String message = String.valueOf(e.getMessage()).replace(host.name(), host.shown());
      throw new UncheckedIOException(
          message + "; set " + key + " in the configuration to a free port", e.getCause());
    }
  }

  private String summary(List<String> ports) {
    return "products %s; rules from %s; sinks %s; %s; decisions are kept in memory"
        .formatted(
            config.products().stream().map(Product::id).collect(Collectors.joining(", ")),
            ProductRules.of(config),
            config.sinks().stream().map(DaemonConfig.Sink::type).collect(Collectors.joining(", ")),
            ports.isEmpty() ? "no ports" : String.join(", ", ports));
  }

  /** Evaluates everything that was accepted, hands it on, and stops. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} could not be closed", part.getClass().getSimpleName(), e);
      }
    }
    engine
        .statsByTenant()
        .forEach(
            (product, own) ->
                log.info(
                    "product {}: {} actions, {} sessions, {} offers, {} triggers",
                    product,
                    own.actions(),
                    own.sessions(),
                    sum(own.offersByFlow()),
                    sum(own.triggersByFlow())));
    EngineStats stats = engine.stats();
    log.info(
        "stopped after {} frames: {} actions, {} summaries, {} sessions, {} rejected, {} inbound,"
            + " {} offers, {} triggers",
        stats.frames(),
        stats.actions(),
        stats.summaries(),
        stats.sessions(),
        sum(stats.rejected()),
        stats.inbound(),
        sum(stats.offersByFlow()),
        sum(stats.triggersByFlow()));
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
