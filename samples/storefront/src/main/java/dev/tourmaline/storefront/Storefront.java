package dev.tourmaline.storefront;

import dev.tourmaline.adapter.autoplay.AutoplaySource;
import dev.tourmaline.adapter.http.BrowserSink;
import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.adapter.http.TourServer;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.sink.LogSink;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.rules.RulePacks;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The demo: a small product, the simulated connector behind it, and the engine that watches its
 * visitors, all in one process and on loopback ports only. Every part between a click and a tour is
 * the real one but the connector.
 *
 * <p>The path of a click: the page posts it to this server, the {@link ConnectorSimulator} batches
 * and streams it, an {@link AutoplaySource} reads that stream, the engine's rules recognise a
 * moment, its policy admits a tour, and the {@link BrowserSink} brings it to the visitor's page,
 * where driver.js shows it. Thread-safe.
 */
public final class Storefront implements AutoCloseable {

  static final String PRODUCT = "prod_larkspur";

  private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(15);
  private static final Duration SOURCE_PATIENCE = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ConnectorSimulator connector;
  private final SessionTokens tokens = SessionTokens.of(randomText());
  private final TourServer server;

  private Storefront(int port, Duration batchWindow) {
    String streamToken = randomText();
    try {
      connector =
          ConnectorSimulator.builder(PRODUCT, streamToken).batchWindow(batchWindow).start(0);
      parts.push(connector);
      BrowserSink sink = BrowserSink.create();
      SessionJournal journal = new SessionJournal(InstantSource.system());
      StreamOpened opened = new StreamOpened();
      TourEngine engine =
          TourEngine.builder(rules())
              .source(
                  AutoplaySource.builder(PRODUCT, connector.streamUrl().toString(), streamToken)
                      .build())
              .sink(sink)
              .sink(LogSink.create())
              .policy(policy())
              .listener(journal)
              .listener(opened)
              .build();
      parts.push(engine);
      Pages pages =
          new Pages(
              Map.of(
                  "policy",
                  "Policy here: each tour once a visitor, and a minute between two tours.",
                  "batch_seconds",
                  String.valueOf(Math.max(1, batchWindow.toSeconds()))));
      server =
          TourServer.builder(engine, sink, tokens)
              .port(port)
              .handler(
                  new StorefrontHandler(PRODUCT, pages, journal, connector::collect, this::token))
              .build()
              .start();
      parts.push(server);
      // The connector replays nothing: without its one subscriber a first click would be lost.
      opened.await();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the demo.
   *
   * @param port the loopback port of the pages, 0 for any
   * @return the running demo
   * @throws RuntimeException if the port is taken
   */
  public static Storefront start(int port) {
    return start(port, Duration.ofSeconds(1));
  }

  static Storefront start(int port, Duration batchWindow) {
    return new Storefront(port, batchWindow);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  ConnectorSimulator connector() {
    return connector;
  }

  String token(String sessionId) {
    return tokens.issueForSession(new SessionKey(PRODUCT, sessionId), TOKEN_VALIDITY);
  }

  /** Stops everything. Calling it again does nothing. */
  @Override
  public void close() {
    Optional<Exception> failure = Optional.empty();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure = Optional.of(e);
      }
    }
    failure.ifPresent(
        e -> {
          throw new IllegalStateException("a part of the storefront did not stop", e);
        });
  }

  static RuleSet rules() {
    return RulePacks.pack("billing")
        .plus(RulePacks.pack("frustration"))
        .plus(RuleSet.resources(Storefront.class.getClassLoader(), "storefront/rules"));
  }

  /** Looser than the defaults, so that whoever tries the demo sees more than one tour. */
  private static TriggerPolicy policy() {
    return TriggerPolicy.builder()
        .betweenTours(Duration.ofMinutes(1))
        .perUserPerDay(1_000)
        .perUserPerWeek(1_000)
        .build();
  }

  private static String randomText() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private static final class StreamOpened implements EngineListener {

    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void sourceStateChanged(EventSource source, SourceState state) {
      if (state instanceof SourceState.Open) {
        open.countDown();
      }
    }

    private void await() {
      try {
        if (!open.await(SOURCE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException("the engine could not reach the simulated connector");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the storefront started", e);
      }
    }
  }
}
