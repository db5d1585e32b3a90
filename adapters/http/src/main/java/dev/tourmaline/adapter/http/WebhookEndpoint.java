package dev.tourmaline.adapter.http;

import dev.tourmaline.adapter.http.ProviderWebhook.Result;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.log.ThrottledLog;
import dev.tourmaline.engine.trigger.ProviderReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.LoggerFactory;

/**
 * What the servers of tour providers call. Who calls is known only when the body has been read, so
 * only some calls have room at a time. Thread-safe.
 */
final class WebhookEndpoint {

  private static final int LONGEST_BODY = 64 * 1024;
  private static final int CALLS_AT_ONCE = 128;

  /** Longer than any provider is known to try again. */
  private static final Duration REMEMBERED_FOR = Duration.ofHours(26);

  private static final int REMEMBERED = 10_000;

  private final TourEngine engine;
  private final ProviderWebhooks webhooks;
  private final InstantSource clock;
  private final BodyReader bodies;
  private final ThrottledLog log;
  private final AnsweredOnce<Message, Boolean> taken;
  private final Semaphore room = new Semaphore(CALLS_AT_ONCE);

  WebhookEndpoint(TourEngine engine, ProviderWebhooks webhooks, int threads, InstantSource clock) {
    this.engine = engine;
    this.webhooks = webhooks;
    this.clock = clock;
    this.bodies = new BodyReader(LONGEST_BODY, threads);
    this.log = new ThrottledLog(LoggerFactory.getLogger(WebhookEndpoint.class), clock);
    this.taken = new AnsweredOnce<>(REMEMBERED_FOR, REMEMBERED, clock);
  }

  private record Message(String webhook, String productId, String id) {}

  /** A request whose body was read. */
  private record Arrived(Request request, String productId, byte[] body, Instant receivedAt)
      implements ProviderWebhook.Request {

    @Override
    public String header(String name) {
      return String.join(", ", request.getHeaders().getValuesList(name));
    }
  }

  void close() {
    bodies.close();
  }

  boolean knows(String name) {
    return webhooks.knows(name);
  }

  void take(Request request, Response response, Callback callback, String name, String product) {
    Optional<ProviderWebhook> webhook = webhooks.find(name, product);
    if (webhook.isEmpty()) {
      Responses.error(
          response, callback, 404, "the path names no product with a webhook of this name");
      return;
    }
    if (!room.tryAcquire()) {
      Responses.tryLater(response, callback, 503, "the server is busy");
      return;
    }
    Callback answered = Callback.from(callback, () -> room.release());
    bodies.readBytes(
        request,
        response,
        answered,
        body ->
            answer(
                response,
                answered,
                webhook.get(),
                new Arrived(request, product, body, clock.instant())));
  }

  private void answer(
      Response response, Callback callback, ProviderWebhook webhook, Arrived message) {
    Result result = webhook.read(message);
    if (result instanceof Result.Reports reports) {
      taken
          .ask(
              new Message(webhook.name(), message.productId(), reports.id()),
              () -> tell(reports.reports()))
          .whenComplete(
              (known, failure) -> {
                if (failure != null) {
                  BodyReader.engineFailed(response, callback, failure);
                } else {
                  Responses.json(response, callback, 200, Responses.object().put("taken", true));
                }
              });
    } else if (result instanceof Result.Ignored ignored) {
      Responses.json(
          response,
          callback,
          200,
          Responses.object().put("taken", false).put("reason", ignored.why()));
    } else if (result instanceof Result.Malformed malformed) {
      refuse(response, callback, webhook, message, 400, malformed.why());
    } else if (result instanceof Result.Unauthorized unauthorized) {
      refuse(response, callback, webhook, message, 401, unauthorized.why());
    }
  }

  /** {@return completes with whether all of it was attributed to triggers} */
  private CompletionStage<Boolean> tell(List<ProviderReport> reports) {
    CompletionStage<Boolean> told = CompletableFuture.completedFuture(true);
    for (ProviderReport report : reports) {
      told = told.thenCompose(before -> engine.feedback(report).thenApply(one -> before && one));
    }
    return told;
  }

  private void refuse(
      Response response,
      Callback callback,
      ProviderWebhook webhook,
      Arrived message,
      int status,
      String why) {
    log.warn(
        "refused messages of webhooks",
        "A message to /webhook/{}/{} was refused with {}: {}",
        webhook.name(),
        message.productId(),
        status,
        why);
    Responses.error(response, callback, status, why);
  }
}
