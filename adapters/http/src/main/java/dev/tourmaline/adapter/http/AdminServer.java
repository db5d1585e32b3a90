package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's port: {@code /livez} and {@code /readyz} for anyone, everything else for whoever
 * shows an admin token. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

  private final JettyFront front;
  private final List<Handler> handlers;

  private AdminServer(Builder builder) {
    front = new JettyFront("tourmaline-admin", builder.host, builder.port, 8);
    handlers = new ArrayList<>();
    handlers.add(new Probes(builder.readiness));
    handlers.add(new Gate(List.copyOf(builder.tokens)));
    handlers.addAll(builder.handlers);
  }

  /**
   * {@return a builder of a server}
   *
   * @param readiness asked at every call of {@code /readyz}; quick and thread-safe
   */
  public static Builder builder(Supplier<Readiness> readiness) {
    return new Builder(readiness);
  }

  /**
   * Starts to listen.
   *
   * @return this server
   * @throws java.io.UncheckedIOException if the address cannot be listened on
   */
  public AdminServer start() {
    front.start(handlers);
    return this;
  }

  /**
   * {@return the port it listens on}
   *
   * @throws IllegalStateException if it does not run
   */
  public int port() {
    return front.port();
  }

  /** Stops. Calling it again does nothing. */
  public void stop() {
    front.stop();
  }

  @Override
  public void close() {
    stop();
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
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        Answers.error(response, callback, 405, "the method must be GET");
      } else if (path.equals("/livez")) {
        Answers.json(response, callback, 200, Answers.object().put("status", "alive"));
      } else {
        answer(response, callback, ask());
      }
      return true;
    }

    private Readiness ask() {
      try {
        return readiness.get();
      } catch (RuntimeException e) {
        log.warn("Readiness could not be found out", e);
        return Readiness.no("readiness could not be found out, see the log");
      }
    }

    private static void answer(Response response, Callback callback, Readiness readiness) {
      ObjectNode body = Answers.object().put("status", readiness.ready() ? "ready" : "not ready");
      if (!readiness.reason().isEmpty()) {
        body.put("reason", readiness.reason());
      }
      Answers.json(response, callback, readiness.ready() ? 200 : 503, body);
    }
  }

  /** Stands before everything that needs a token. */
  private static final class Gate extends Handler.Abstract.NonBlocking {

    private final List<Supplier<String>> tokens;

    Gate(List<Supplier<String>> tokens) {
      this.tokens = tokens;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (Credentials.isOneOf(Credentials.bearer(request), tokens)) {
        return false;
      }
      Answers.unauthorized(response, callback, "the admin token is missing or wrong");
      return true;
    }
  }

  /** Builds an {@link AdminServer}. Not thread-safe. */
  public static final class Builder {

    private final Supplier<Readiness> readiness;
    private final List<Supplier<String>> tokens = new ArrayList<>();
    private final List<Handler> handlers = new ArrayList<>();
    private String host = "127.0.0.1";
    private int port = 9090;

    private Builder(Supplier<Readiness> readiness) {
      this.readiness = Objects.requireNonNull(readiness, "readiness");
    }

    /**
     * {@return this builder, with the address to listen on; default 127.0.0.1}
     *
     * @param host a host name or an IP address; 0.0.0.0 for all
     */
    public Builder host(String host) {
      this.host = Objects.requireNonNull(host, "host");
      return this;
    }

    /**
     * {@return this builder, with the port; default 9090}
     *
     * @param port 0 for one that is free, which {@link AdminServer#port()} then tells
     */
    public Builder port(int port) {
      this.port = port;
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
     * {@return this builder, with a handler more for those who show the token}
     *
     * @param handler answers false for what is not its own
     */
    public Builder handler(Handler handler) {
      handlers.add(Objects.requireNonNull(handler, "handler"));
      return this;
    }

    /**
     * {@return the server, not started yet}
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public AdminServer build() {
      List<String> faults = new ArrayList<>();
      if (port < 0 || port > 65_535) {
        faults.add("port is " + port + ", it must be from 0 to 65535");
      }
      if (tokens.stream().map(Supplier::get).anyMatch(String::isBlank)) {
        faults.add("an admin token is blank, leave it out instead");
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new AdminServer(this);
    }
  }
}
