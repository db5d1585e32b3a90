package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's port: the liveness and readiness probes {@code /livez} and {@code /readyz} for
 * anyone, everything else for whoever shows an admin token. Thread-safe.
 */
public final class AdminServer extends JettyServer {

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

  private AdminServer(Builder builder) {
    super("tourmaline-admin", 8, builder);
    serve(new Probes(builder.readiness), new AuthHandler("admin", builder.tokens));
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

  private static final class Probes extends Handler.Abstract.NonBlocking {

    private final Supplier<Readiness> readiness;

    Probes(Supplier<Readiness> readiness) {
      this.readiness = readiness;
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
        Responses.json(response, callback, 200, Responses.object().put("status", "alive"));
      } else {
        answer(response, callback, ask());
      }
      return true;
    }

    private Readiness ask() {
      try {
        return readiness.get();
      } catch (RuntimeException e) {
        log.warn("The readiness check failed", e);
        return Readiness.no("readiness could not be found out, see the log");
      }
    }

    private static void answer(Response response, Callback callback, Readiness readiness) {
      ObjectNode body = Responses.object().put("status", readiness.ready() ? "ready" : "not ready");
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

    private Builder(Supplier<Readiness> readiness) {
      super(9090);
      this.readiness = Objects.requireNonNull(readiness, "readiness");
    }

    @Override
    Builder self() {
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
