package dev.tourmaline.adapter.http;

import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads JSON bodies up to a limit without blocking, and hands each to a worker thread, of which
 * only some may be busy with bodies: an engine that is slow to answer costs the streams nothing.
 */
final class BodyReader {

  private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

  private final int limit;
  private final Executor workers;
  private final Semaphore permits;

  BodyReader(int limit, Executor workers, int busyAtMost) {
    this.limit = limit;
    this.workers = workers;
    this.permits = new Semaphore(busyAtMost);
  }

  void read(Request request, Response response, Callback callback, Consumer<JsonBody> then) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
      Answers.error(response, callback, 400, "the Content-Type must be application/json");
      return;
    }
    if (request.getLength() > limit) {
      tooLong(response, callback);
      return;
    }
    Content.Source.asByteArrayAsync(
        request,
        limit,
        new Promise.Invocable.NonBlocking<>() {
          @Override
          public void succeeded(byte[] bytes) {
            response.getHeaders().remove(HttpHeader.CONNECTION);
            hand(bytes, response, callback, then);
          }

          @Override
          public void failed(Throwable failure) {
            if (failure instanceof IllegalStateException) {
              tooLong(response, callback);
            } else {
              callback.failed(failure);
            }
          }
        });
  }

  private void hand(byte[] bytes, Response response, Callback callback, Consumer<JsonBody> then) {
    if (!permits.tryAcquire()) {
      Answers.tryLater(response, callback, 503, "the server is busy");
      return;
    }
    workers.execute(
        () -> {
          try {
            JsonBody.parse(bytes)
                .ifPresentOrElse(
                    then,
                    () ->
                        Answers.error(response, callback, 400, "the body must be one JSON object"));
          } catch (RuntimeException e) {
            engineFailed(response, callback, e);
          } finally {
            permits.release();
          }
        });
  }

  private void tooLong(Response response, Callback callback) {
    Answers.error(response, callback, 413, "the body may hold at most " + limit + " bytes");
  }

  static void engineFailed(Response response, Callback callback, Throwable failure) {
    log.warn("The engine did not take a request", failure);
    if (response.isCommitted()) {
      callback.failed(failure);
    } else {
      Answers.tryLater(response, callback, 503, "the engine did not take it");
    }
  }
}
