package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.listener.EngineHealth;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's port: the liveness and readiness probes {@code /livez} and {@code /readyz} for
 * anyone, everything else for whoever shows an admin token.
 *
 * <table>
 *   <caption>What it serves of its {@linkplain Builder#engine engine}</caption>
 *   <tr><th>call</th><th>answer</th></tr>
 *   <tr><td>{@code GET /decisions?product=&session=}</td><td>a session's last decisions</td></tr>
 *   <tr><td>{@code GET /explain?product=&session=}</td><td>why its tours did, or did not,
 *       start</td></tr>
 *   <tr><td>{@code GET /stats}</td><td>counters, and the effects of rules</td></tr>
 *   <tr><td>{@code GET /switch}, {@code POST /switch}</td><td>the kill switches; sets one</td></tr>
 *   <tr><td>{@code POST /object}</td><td>notes a user's objection</td></tr>
 * </table>
 *
 * <p>Thread-safe.
 */
public final class AdminServer extends JettyServer {

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

  private static final int CONNECTIONS = 64;
  private static final int MOST_BODY_BYTES = 16 * 1024;

  private final BodyReader bodies;

  private AdminServer(Builder builder) {
    super("tourmaline-admin", 8, CONNECTIONS, InstantSource.system(), builder);
    bodies = new BodyReader(MOST_BODY_BYTES, 2);
    List<Handler> handlers = new ArrayList<>();
    handlers.add(new Probes(builder.readiness, builder.health));
    handlers.add(new AuthHandler("admin", builder.tokens));
    builder.engine.ifPresent(
        engine ->
            handlers.add(
                new OperatorEndpoints(
                    engine, Set.copyOf(builder.products), bodies, workers(), builder.clock)));
    serve(handlers.toArray(Handler[]::new));
  }

  /**
   * {@return a builder of a server}
   *
   * @param readiness asked at every call of {@code /readyz}, such as a {@link SourceReadiness};
   *     quick and thread-safe
   */
  public static Builder builder(Supplier<Readiness> readiness) {
    return new Builder(readiness);
  }

  @Override
  public AdminServer start() {
    super.start();
    return this;
  }

  @Override
  public void stop() {
    super.stop();
    bodies.close();
  }

  private static final class Probes extends Handler.Abstract.NonBlocking {

    private final Supplier<Readiness> readiness;
    private final Supplier<EngineHealth> health;

    Probes(Supplier<Readiness> readiness, Supplier<EngineHealth> health) {
      this.readiness = readiness;
      this.health = health;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = request.getHttpURI().getDecodedPath();
      if (!path.equals("/livez") && !path.equals("/readyz")) {
        return false;
      }
      if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
        Responses.wrongMethod(response, callback, "GET", "GET, HEAD");
      } else if (path.equals("/livez")) {
        answer(response, callback, "alive", "not alive", ask(this::liveness));
      } else {
        answer(response, callback, "ready", "not ready", ask(this::readiness));
      }
      return true;
    }

    private Readiness liveness() {
      EngineHealth now = health.get();
      return now.isLive() ? Readiness.yes() : Readiness.no(now.toString());
    }

    private Readiness readiness() {
      EngineHealth now = health.get();
      return now.isReady() ? readiness.get() : Readiness.no(now.toString());
    }

    private static Readiness ask(Supplier<Readiness> probe) {
      try {
        return probe.get();
      } catch (RuntimeException e) {
        log.warn("A probe failed", e);
        return Readiness.no("it could not be found out, see the log");
      }
    }

    private static void answer(
        Response response, Callback callback, String yes, String no, Readiness readiness) {
      ObjectNode body = Responses.object().put("status", readiness.ready() ? yes : no);
      if (!readiness.reason().isEmpty()) {
        body.put("reason", readiness.reason());
      }
      Responses.json(response, callback, readiness.ready() ? 200 : 503, body);
    }
  }

  /** Builds an {@link AdminServer}. Not thread-safe. */
  public static final class Builder extends JettyServer.Builder<Builder> {

    private final Supplier<Readiness> readiness;
    private final List<Supplier<String>> tokens = new ArrayList<>();
    private final Set<String> products = new LinkedHashSet<>();
    private Optional<TourEngine> engine = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private Supplier<EngineHealth> health = () -> new EngineHealth(List.of(), List.of(), 0, 1);

    private Builder(Supplier<Readiness> readiness) {
      super(9090);
      this.readiness = Objects.requireNonNull(readiness, "readiness");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * {@return this builder, with the threads that the probes ask}
     *
     * @param health asked at every call of a probe, {@code engine::health}: {@code /livez} answers
     *     503 once threads are dead or too many are lost, {@code /readyz} while a lane is stuck.
     *     Default healthy
     */
    public Builder health(Supplier<EngineHealth> health) {
      this.health = Objects.requireNonNull(health, "health");
      return this;
    }

    /**
     * {@return this builder, with the engine that operators ask and tell; without one, only the
     * probes and handlers of the host are served}
     *
     * @param engine stays the caller's
     */
    public Builder engine(TourEngine engine) {
      this.engine = Optional.of(engine);
      return this;
    }

    /**
     * {@return this builder, with the products that operators may name; one that stands alone they
     * may leave out; default none, which lets them name any}
     *
     * @param ids product ids
     */
    public Builder products(Collection<String> ids) {
      products.addAll(ids);
      return this;
    }

    /**
     * {@return this builder, with the clock that says when a switch was set; default the system's}
     *
     * @param clock the clock
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * {@return this builder, with one admin token more; without any, nobody gets further than the
     * two probes}
     *
     * @param token what operators show; two may stand side by side while they rotate
     */
    public Builder token(String token) {
      Objects.requireNonNull(token, "token");
      return token(() -> token);
    }

    /**
     * {@return this builder, with one admin token more that may change while the server runs}
     *
     * @param token asked at every call; quick and thread-safe
     */
    public Builder token(Supplier<String> token) {
      tokens.add(Objects.requireNonNull(token, "token"));
      return this;
    }

    /**
     * {@return the server, not started yet}
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public AdminServer build() {
      refuse(faults("an admin token", tokens));
      return new AdminServer(this);
    }
  }
}
