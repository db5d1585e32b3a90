package dev.tourmaline.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on Jetty with one plain-text connector: the first handler that takes a request
 * answers it, 404 where none does, and every error is JSON. Thread-safe.
 */
public abstract sealed class JettyServer implements AutoCloseable permits AdminServer, TourServer {

  private static final Logger log = LoggerFactory.getLogger(JettyServer.class);

  private final Server server;
  private final ServerConnector connector;
  private final OpenConnections connections;
  private final List<Handler> hostHandlers;

  JettyServer(
      String name, int threads, int maxConnections, InstantSource clock, Builder<?> builder) {
    QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, 4));
    pool.setName(name);
    server = new Server(pool);
    server.setStopTimeout(1_000);
    server.setErrorHandler(JettyServer::error);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(builder.host);
    connector.setPort(builder.port);
    connector.setShutdownIdleTimeout(50);
    connections = new OpenConnections(maxConnections, clock, connector.getScheduler());
    connector.addBean(connections);
    server.addConnector(connector);
    hostHandlers = List.copyOf(builder.handlers);
  }

  Executor workers() {
    return server.getThreadPool();
  }

  /** Sets what is served: the server's own handlers, then the host's. */
  void serve(Handler... own) {
    List<Handler> all = new ArrayList<>(List.of(own));
    all.addAll(hostHandlers);
    all.add(new NotFound());
    server.setHandler(new ArrivingRequests(connections, new Handler.Sequence(all)));
  }

  OpenConnections connections() {
    return connections;
  }

  /**
   * Starts to listen.
   *
   * @return this server
   * @throws UncheckedIOException naming the address, if it cannot be listened on
   */
  public JettyServer start() {
    try {
      server.start();
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException(
          "cannot listen on %s:%d: %s"
              .formatted(connector.getHost(), connector.getPort(), rootMessage(e)),
          e);
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the HTTP server did not start", e);
    }
    return this;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Objects.toString(root.getMessage(), root.toString());
  }

  /** Stops, for good. Calling it again does nothing. */
  public void stop() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      log.debug("Connections were still open when the HTTP server stopped, and were cut", e);
    } catch (Exception e) {
      log.warn("The HTTP server did not stop cleanly", e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * {@return the port it listens on}
   *
   * @throws IllegalStateException if it does not run
   */
  public int port() {
    int port = connector.getLocalPort();
    if (port <= 0) {
      throw new IllegalStateException("the server is not running, so it has no port");
    }
    return port;
  }

  private static boolean error(Request request, Response response, Callback callback) {
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof OutOfMemoryError e) {
      // Jetty would go on; the process's own handler decides whether it should.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
    int status = Math.max(response.getStatus(), 400);
    Responses.error(response, callback, status, HttpStatus.getMessage(status));
    return true;
  }

  private static final class NotFound extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Responses.error(response, callback, 404, "there is nothing at this path");
      return true;
    }
  }

  /**
   * What the builders of both servers share: the address, and the host's own handlers. Not
   * thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits AdminServer.Builder, TourServer.Builder {

    private final List<Handler> handlers = new ArrayList<>();
    private String host = "127.0.0.1";
    private int port;

    Builder(int port) {
      this.port = port;
    }

    abstract B self();

    /**
     * {@return this builder, with the address to listen on; default 127.0.0.1}
     *
     * @param host a host name or an IP address; 0.0.0.0 for all
     */
    public B host(String host) {
      this.host = Objects.requireNonNull(host, "host");
      return self();
    }

    /**
     * {@return this builder, with the port; default 8081 for tours, 9090 for operators}
     *
     * @param port 0 for one that is free, which {@link JettyServer#port()} then tells
     */
    public B port(int port) {
      this.port = port;
      return self();
    }

    /**
     * {@return this builder, with a handler more for paths that are not the server's own; they are
     * asked in the order given, and those of an {@link AdminServer} only for callers that show its
     * token}
     *
     * @param handler answers false for what is not its own
     */
    public B handler(Handler handler) {
      handlers.add(Objects.requireNonNull(handler, "handler"));
      return self();
    }

    /** {@return what is wrong with the shared settings and with the tokens of that kind} */
    List<String> faults(String tokenKind, List<Supplier<String>> tokens) {
      List<String> faults = new ArrayList<>();
      if (port < 0 || port > 65_535) {
        faults.add("port is " + port + ", it must be from 0 to 65535");
      }
      if (tokens.stream().map(Supplier::get).anyMatch(String::isBlank)) {
        faults.add(tokenKind + " is blank, leave it out instead");
      }
      return faults;
    }

    static void refuse(List<String> faults) {
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
    }
  }
}
