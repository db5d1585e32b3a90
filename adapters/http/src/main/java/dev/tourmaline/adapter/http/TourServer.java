package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.TourEngine;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The HTTP server that browsers and servers talk to.
 *
 * <table>
 *   <caption>What it serves</caption>
 *   <tr><th>call</th><th>who</th></tr>
 *   <tr><td>{@code GET /tours/stream?product=&session=}</td><td>a browser, session token</td></tr>
 *   <tr><td>{@code POST /tours/feedback}</td><td>a browser, session token</td></tr>
 *   <tr><td>{@code POST /tours/trigger}</td><td>a server, publish token</td></tr>
 *   <tr><td>{@code GET /stream/{product_id}}</td><td>a server, publish token</td></tr>
 * </table>
 *
 * <p>Streams hold no thread: thousands of idle browsers are served by a handful. Everything else is
 * left to the host's own handlers, see {@link Builder#handler}. The engine and the sink stay the
 * caller's. Thread-safe.
 */
public final class TourServer extends JettyServer {

  private final BrowserSink sink;
  private final BodyReader bodies;

  private TourServer(Builder builder) {
    super("tourmaline-http", builder.threads, builder);
    sink = builder.sink;
    bodies = new BodyReader(builder.maxBodyBytes, builder.threads / 4);
    OpenStreams.Caps caps = new OpenStreams.Caps(builder.maxStreams, builder.maxStreamsPerSession);
    serve(
        new TourRoutes(
            new BrowserEndpoints(
                builder.engine,
                sink,
                builder.tokens,
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
            new Cors(Set.copyOf(builder.corsOrigins))));
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
    return this;
  }

  /** Ends all streams of the sink and stops, for good. Calling it again does nothing. */
  @Override
  public void stop() {
    sink.streams().finishAll();
    super.stop();
    bodies.close();
  }

  /** Builds a {@link TourServer}. Not thread-safe. */
  public static final class Builder extends JettyServer.Builder<Builder> {

    private final TourEngine engine;
    private final BrowserSink sink;
    private final Supplier<SessionTokens> tokens;
    private final List<Supplier<String>> publishTokens = new ArrayList<>();
    private final Set<String> products = new LinkedHashSet<>();
    private final Set<String> corsOrigins = new LinkedHashSet<>();
    private int threads = 16;
    private int maxStreams = 10_000;
    private int maxStreamsPerSession = 16;
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
     * {@return this builder, with the origins whose pages may call the browser's endpoints; pages
     * of the server's own origin always may; default none}
     *
     * @param origins each as {@code https://app.example.com}, without a path
     */
    public Builder corsOrigins(Collection<String> origins) {
      corsOrigins.addAll(origins);
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
     * {@return this builder, with how many streams may be open in all; the next is answered 503;
     * default 10,000}
     *
     * @param maxStreams at least 1
     */
    public Builder maxStreams(int maxStreams) {
      this.maxStreams = maxStreams;
      return this;
    }

    /**
     * {@return this builder, with how many streams one session may have open, one for each tab; the
     * next is answered 429; default 16}
     *
     * @param maxStreamsPerSession at least 1
     */
    public Builder maxStreamsPerSession(int maxStreamsPerSession) {
      this.maxStreamsPerSession = maxStreamsPerSession;
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
     * {@return this builder, with the clock by which streams beat and end; default the system's}
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
      atLeast(faults, "streamQueueBytes", streamQueueBytes, 1024);
      atLeast(faults, "maxBodyBytes", maxBodyBytes, 1024);
      corsOrigins.stream()
          .filter(origin -> !isOrigin(origin))
          .map(
              origin ->
                  "CORS origin \"%s\" must look like https://app.example.com".formatted(origin))
          .forEach(faults::add);
      refuse(faults);
      return new TourServer(this);
    }

    private static void atLeast(List<String> faults, String name, int value, int least) {
      if (value < least) {
        faults.add("%s is %d, it must be at least %d".formatted(name, value, least));
      }
    }

    private static boolean isOrigin(String text) {
      try {
        URI uri = URI.create(text);
        boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        return isHttp
            && uri.getHost() != null
            && text.equals(uri.getScheme() + "://" + uri.getAuthority())
            && uri.getUserInfo() == null;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
