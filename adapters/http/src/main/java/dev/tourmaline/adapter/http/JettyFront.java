package dev.tourmaline.adapter.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Jetty server with one plain connector, and JSON for every error. */
final class JettyFront {

  private static final Logger log = LoggerFactory.getLogger(JettyFront.class);

  private final Server server;
  private final ServerConnector connector;

  JettyFront(String name, String host, int port, int threads) {
    QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, 4));
    pool.setName(name);
    server = new Server(pool);
    server.setStopTimeout(1_000);
    server.setErrorHandler(JettyFront::error);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(host);
    connector.setPort(port);
    connector.setShutdownIdleTimeout(50);
    server.addConnector(connector);
  }

  Server server() {
    return server;
  }

  void start(List<Handler> handlers) {
    List<Handler> all = new ArrayList<>(handlers);
    all.add(new NotFound());
    server.setHandler(new Handler.Sequence(all));
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
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  void stop() {
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

  int port() {
    int port = connector.getLocalPort();
    if (port <= 0) {
      throw new IllegalStateException("the server is not running, so it has no port");
    }
    return port;
  }

  private static boolean error(Request request, Response response, Callback callback) {
    int status = Math.max(response.getStatus(), 400);
    Answers.error(response, callback, status, HttpStatus.getMessage(status));
    return true;
  }

  private static final class NotFound extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Answers.error(response, callback, 404, "there is nothing at this path");
      return true;
    }
  }
}
