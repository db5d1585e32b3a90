package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.TourEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The HTTP server that browsers and servers talk to.
 *
 * <table>
 *   <caption>What it serves</caption>
 *   <tr><th>call</th><th>who</th></tr>
 *   <tr><td>{@code GET /tours/stream?product=&session=}</td><td>a browser, session token</td></tr>
 *   <tr><td>{@code POST /tours/feedback}</td><td>a browser, session token</td></tr>
 *   <tr><td>{@code POST /tours/preferences}</td><td>a browser, session token</td></tr>
 *   <tr><td>{@code POST /tours/trigger}</td><td>a server, publish token</td></tr>
 *   <tr><td>{@code GET /stream/{product_id}}</td><td>a server, publish token</td></tr>
 *   <tr><td>{@code POST /webhook/{name}/{product_id}}</td><td>a tour provider's server, as its
 *       {@link ProviderWebhook} checks</td></tr>
 * </table>
 *
 * <p>Streams hold no thread: thousands of idle browsers are served by a handful. Everything else is
 * left to the host's own handlers, see {@link Builder#handler}. The engine and the sink stay the
 * caller's. Thread-safe.
 */
public final class TourServer extends JettyServer {

  private static final Logger log = LoggerFactory.getLogger(TourServer.class);

  private final BrowserSink sink;
  private final BodyReader bodies;
  private final WebhookEndpoint webhooks;

  private TourServer(Builder builder, ConnectionRoom room) {
    super("tourmaline-http", builder.threads, room.connections(), builder.clock, builder);
    sink = builder.sink;
    bodies = new BodyReader(builder.maxBodyBytes, builder.threads / 4);
    webhooks =
        new WebhookEndpoint(
            builder.engine, builder.webhooks.copy(), builder.threads / 4, builder.clock);
    OpenStreams.Caps caps =
        new OpenStreams.Caps(
            room.browserStreams(),
            builder.maxStreamsPerSession,
            builder.maxStreamsPerUser,
            room.serverStreams());
    Cors cors = new Cors(Set.copyOf(builder.corsOrigins), builder.publicOrigin);
    serve(
        new TourRoutes(
            new BrowserEndpoints(
                builder.engine,
                sink,
                builder.tokens,
                cors,
                caps,
                builder.settings(Frames.comment("heartbeat"), Duration.ofSeconds(15)),
                bodies,
                workers()),
            new ServerEndpoints(
                builder.engine,
                sink.streams(),
                List.copyOf(builder.publishTokens),
                Set.copyOf(builder.products),
                caps,
                builder.settings(Frames.HEARTBEAT, Duration.ofSeconds(30)),
                bodies),
            webhooks,
            cors));
  }

  /**
   * {@return a builder of a server}
   *
   * @param engine judges manual triggers and takes feedback
   * @param sink one of that engine's sinks: what browsers get
   * @param tokens verifies the browsers' session tokens
   */
  public static Builder builder(TourEngine engine, BrowserSink sink, SessionTokens tokens) {
    Objects.requireNonNull(tokens, "tokens");
    return builder(engine, sink, () -> tokens);
  }

  /**
   * {@return a builder of a server whose secrets may change while it runs}
   *
   * @param engine judges manual triggers and takes feedback
   * @param sink one of that engine's sinks: what browsers get
   * @param tokens asked at every call for what verifies its session token; quick and thread-safe
   */
  public static Builder builder(
      TourEngine engine, BrowserSink sink, Supplier<SessionTokens> tokens) {
    return new Builder(engine, sink, tokens);
  }

  @Override
  public TourServer start() {
    super.start();
    workers().execute(Frames::prepare);
    return this;
  }

  /** Ends all streams of the sink and stops, for good. Calling it again does nothing. */
  @Override
  public void stop() {
    sink.streams().finishAll();
    super.stop();
    bodies.close();
    webhooks.close();
  }

  /** Builds a {@link TourServer}. Not thread-safe. */
  public static final class Builder extends JettyServer.Builder<Builder> {

    private final TourEngine engine;
    private final BrowserSink sink;
    private final Supplier<SessionTokens> tokens;
    private final List<Supplier<String>> publishTokens = new ArrayList<>();
    private final Set<String> products = new LinkedHashSet<>();
    private final Set<String> corsOrigins = new LinkedHashSet<>();
    private final ProviderWebhooks webhooks = new ProviderWebhooks();
    private Optional<String> publicOrigin = Optional.empty();
    private int threads = 16;
    private int maxStreams = 10_000;
    private int maxStreamsPerSession = 16;
    private int maxStreamsPerUser = 32;
    private int maxServerStreams = 64;
    private OptionalInt maxConnections = OptionalInt.empty();
    private int streamQueueBytes = 64 * 1024;
    private int maxBodyBytes = 16 * 1024;
    private InstantSource clock = InstantSource.system();

    private Builder(TourEngine engine, BrowserSink sink, Supplier<SessionTokens> tokens) {
      super(8081);
      this.engine = Objects.requireNonNull(engine, "engine");
      this.sink = Objects.requireNonNull(sink, "sink");
      this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * {@return this builder, with one publish token more; without any, {@code /tours/trigger} and
     * {@code /stream/{product_id}} answer 404}
     *
     * @param token what servers show; two may stand side by side while they rotate
     */
    public Builder publishToken(String token) {
      Objects.requireNonNull(token, "token");
      return publishToken(() -> token);
    }

    /**
     * {@return this builder, with one publish token more that may change while the server runs}
     *
     * @param token asked at every call; quick and thread-safe
     */
    public Builder publishToken(Supplier<String> token) {
      publishTokens.add(Objects.requireNonNull(token, "token"));
      return this;
    }

    /**
     * {@return this builder, with the products that servers may name; others are answered with 404}
     *
     * @param ids product ids; default none, which lets servers name any
     */
    public Builder products(Collection<String> ids) {
      products.addAll(ids);
      return this;
    }

    /**
     * {@return this builder, with a webhook more at which the server of a tour provider reports on
     * a product's tours: {@code POST /webhook/{name}/{product_id}}; default none}
     *
     * @param productId the product; each has at most one webhook of a name
     * @param webhook reads the provider's messages
     */
    public Builder providerWebhook(String productId, ProviderWebhook webhook) {
      webhooks.add(productId, webhook);
      return this;
    }

    /**
     * {@return this builder, with the origins whose pages may call the browser's endpoints; pages
     * of the server's own origin always may; default none}
     *
     * @param origins each as {@link WebOrigin} describes it
     */
    public Builder corsOrigins(Collection<String> origins) {
      corsOrigins.addAll(origins);
      return this;
    }

    /**
     * {@return this builder, with the origin under which browsers reach the server; needed for
     * cookies of browsers that send {@code Origin} and no {@code Sec-Fetch-Site}; default none}
     *
     * @param origin as {@link WebOrigin} describes it
     */
    public Builder publicOrigin(String origin) {
      publicOrigin = Optional.of(origin);
      return this;
    }

    /**
     * {@return this builder, with the number of threads for connections; a quarter as many take
     * bodies; default 16}
     *
     * @param threads at least 8
     */
    public Builder threads(int threads) {
      this.threads = threads;
      return this;
    }

    /**
     * {@return this builder, with how many connections may be open; beyond it, those that have kept
     * the server waiting for a request longest are closed. Default: enough for all streams and an
     * eighth more, but never so many that fewer files are left to the process than a quarter of
     * those it may open, 256 to 1,024. An eighth is kept for requests that are no streams}
     *
     * @param maxConnections at least 8
     */
    public Builder maxConnections(int maxConnections) {
      this.maxConnections = OptionalInt.of(maxConnections);
      return this;
    }

    /**
     * {@return this builder, with how many streams all browsers may have open together; the next is
     * answered 503; default 10,000}
     *
     * @param maxStreams at least 1
     */
    public Builder maxStreams(int maxStreams) {
      this.maxStreams = maxStreams;
      return this;
    }

    /**
     * {@return this builder, with how many streams one session may have open by tokens that name
     * it, one for each tab; the next is answered 429; default 16}
     *
     * @param maxStreamsPerSession at least 1
     */
    public Builder maxStreamsPerSession(int maxStreamsPerSession) {
      this.maxStreamsPerSession = maxStreamsPerSession;
      return this;
    }

    /**
     * {@return this builder, with how many streams one user may have open by tokens that name the
     * user and no session, over all sessions; the next is answered 429; default 32}
     *
     * @param maxStreamsPerUser at least 1
     */
    public Builder maxStreamsPerUser(int maxStreamsPerUser) {
      this.maxStreamsPerUser = maxStreamsPerUser;
      return this;
    }

    /**
     * {@return this builder, with how many product streams servers may have open, besides those of
     * browsers; the next is answered 503; default 64}
     *
     * @param maxServerStreams at least 1
     */
    public Builder maxServerStreams(int maxServerStreams) {
      this.maxServerStreams = maxServerStreams;
      return this;
    }

    /**
     * {@return this builder, with how many bytes may wait for one client; one that lags behind
     * further, or takes nothing for 30 s, is let go; default 64 KiB}
     *
     * @param streamQueueBytes at least 1024
     */
    public Builder streamQueueBytes(int streamQueueBytes) {
      this.streamQueueBytes = streamQueueBytes;
      return this;
    }

    /**
     * {@return this builder, with how many bytes a request's body may hold; default 16 KiB}
     *
     * @param maxBodyBytes at least 1024
     */
    public Builder maxBodyBytes(int maxBodyBytes) {
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    /**
     * {@return this builder, with the clock by which streams beat and end and requests are late;
     * default the system's}
     *
     * @param clock the same as the sink's
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    private StreamSettings settings(byte[] heartbeat, Duration every) {
      return new StreamSettings(streamQueueBytes, heartbeat, every, Duration.ofSeconds(30), clock);
    }

    /**
     * {@return the server, not started yet}
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public TourServer build() {
      List<String> faults = faults("a publish token", publishTokens);
      atLeast(faults, "threads", threads, 8);
      atLeast(faults, "maxStreams", maxStreams, 1);
      atLeast(faults, "maxStreamsPerSession", maxStreamsPerSession, 1);
      atLeast(faults, "maxStreamsPerUser", maxStreamsPerUser, 1);
      atLeast(faults, "maxServerStreams", maxServerStreams, 1);
      maxConnections.ifPresent(most -> atLeast(faults, "maxConnections", most, 8));
      atLeast(faults, "streamQueueBytes", streamQueueBytes, 1024);
      atLeast(faults, "maxBodyBytes", maxBodyBytes, 1024);
      faults.addAll(webhooks.faults(products));
      corsOrigins.forEach(origin -> check(faults, "CORS origin", origin));
      publicOrigin.ifPresent(origin -> check(faults, "public origin", origin));
      refuse(faults);
      return new TourServer(this, room(ConnectionRoom.fileLimit()));
    }

    private static void check(List<String> faults, String what, String origin) {
      WebOrigin.fault(origin)
          .ifPresent(fault -> faults.add("%s \"%s\" %s".formatted(what, origin, fault)));
    }

    /**
     * Shares out what the process's files allow, and says so where it is less than was asked for.
     */
    ConnectionRoom room(long files) {
      int asked =
          maxConnections.orElseGet(() -> ConnectionRoom.enoughFor(maxStreams, maxServerStreams));
      int allowed = Math.min(asked, ConnectionRoom.within(files));
      ConnectionRoom room = ConnectionRoom.of(allowed, maxStreams, maxServerStreams);
      if (allowed < asked) {
        log.atLevel(maxConnections.isPresent() ? Level.WARN : Level.INFO)
            .log(
                "This process may open {} files: there is room for {} connections instead of {}, of"
                    + " which {} may be streams of browsers; raise its limit, such as by 'ulimit"
                    + " -n'",
                files,
                allowed,
                asked,
                room.browserStreams());
      }
      return room;
    }

    private static void atLeast(List<String> faults, String name, int value, int least) {
      if (value < least) {
        faults.add("%s is %d, it must be at least %d".formatted(name, value, least));
      }
    }
  }
}
