package dev.tourmaline.adapter.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads JSON bodies up to a limit without blocking, and hands each to a worker thread, of which
 * only some may be busy with bodies: an engine that is slow to answer costs the streams nothing.
 */
final class BodyReader {

  private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

  private static final int WAITING_AT_MOST = 1_000;
  private static final int READ_OVER_LIMIT = 48 * 1024;

  private final int limit;
  private final ThreadPoolExecutor workers;

  BodyReader(int limit, int threads) {
    this.limit = limit;
    this.workers =
        new ThreadPoolExecutor(
            threads, threads, 30, SECONDS, new ArrayBlockingQueue<>(WAITING_AT_MOST), this::thread);
    workers.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tourmaline-http-bodies");
    thread.setDaemon(true);
    return thread;
  }

  void close() {
    workers.shutdown();
  }

  void read(Request request, Response response, Callback callback, Consumer<JsonBody> then) {
    readBytes(request, response, callback, bytes -> parsed(bytes, response, callback, then));
  }

  /** Reads a body of that type without a look at it: a signature is over its bytes. */
  void readBytes(Request request, Response response, Callback callback, Consumer<byte[]> then) {
    if (!isJson(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
      Responses.error(response, callback, 415, "the Content-Type must be application/json");
      return;
    }
    // A little too much is read to its end all the same: an answer that goes out while the client
    // still sends may be lost with the connection.
    int read = limit + READ_OVER_LIMIT;
    if (request.getLength() > read) {
      tooLong(response, callback);
      return;
    }
    Content.Source.asByteArrayAsync(
        request,
        read,
        new Promise.Invocable.NonBlocking<>() {
          @Override
          public void succeeded(byte[] bytes) {
            response.getHeaders().remove(HttpHeader.CONNECTION);
            if (bytes.length > limit) {
              tooLong(response, callback);
              return;
            }
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

  /** Whatever parameters follow the media type. */
  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private void hand(byte[] bytes, Response response, Callback callback, Consumer<byte[]> then) {
    try {
      workers.execute(() -> use(bytes, response, callback, then));
    } catch (RejectedExecutionException e) {
      Responses.tryLater(response, callback, 503, "the server is busy");
    }
  }

  private static void use(
      byte[] bytes, Response response, Callback callback, Consumer<byte[]> then) {
    try {
      then.accept(bytes);
    } catch (RuntimeException e) {
      engineFailed(response, callback, e);
    }
  }

  private static void parsed(
      byte[] bytes, Response response, Callback callback, Consumer<JsonBody> then) {
    Optional<JsonBody> body = JsonBody.parse(bytes);
    if (body.isEmpty()) {
      Responses.error(response, callback, 400, "the body must be one JSON object");
    } else {
      then.accept(body.get());
    }
  }

  private void tooLong(Response response, Callback callback) {
    Responses.error(response, callback, 413, "the body may hold at most " + limit + " bytes");
  }

  static void engineFailed(Response response, Callback callback, Throwable failure) {
    log.warn("The engine failed on a request", failure);
    if (response.isCommitted()) {
      callback.failed(failure);
    } else {
      Responses.tryLater(response, callback, 503, "the engine did not take it");
    }
  }
}
