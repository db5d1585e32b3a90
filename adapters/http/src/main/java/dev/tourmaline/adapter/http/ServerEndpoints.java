package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.adapter.http.IdempotentTriggers.Answer;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ManualTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a server calls with the publish token: manual triggers, and a product's stream. */
final class ServerEndpoints {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final int LONGEST_KEY = 255;

  private final TourEngine engine;
  private final OpenStreams streams;
  private final List<Supplier<String>> tokens;
  private final Set<String> products;
  private final OpenStreams.Caps caps;
  private final StreamSettings settings;
  private final BodyReader bodies;
  private final IdempotentTriggers asked;

  ServerEndpoints(
      TourEngine engine,
      OpenStreams streams,
      List<Supplier<String>> tokens,
      Set<String> products,
      OpenStreams.Caps caps,
      StreamSettings settings,
      BodyReader bodies) {
    this.engine = engine;
    this.streams = streams;
    this.tokens = tokens;
    this.products = products;
    this.caps = caps;
    this.settings = settings;
    this.bodies = bodies;
    this.asked = new IdempotentTriggers(settings.clock());
  }

  void trigger(Request request, Response response, Callback callback) {
    if (isLetIn(request, response, callback)) {
      bodies.read(request, response, callback, body -> ask(request, response, callback, body));
    }
  }

  private void ask(Request request, Response response, Callback callback, JsonBody body) {
    String product = body.requiredId("product_id");
    String session = body.requiredId("session_id");
    String flow = body.requiredId("flow_id");
    String user = body.optionalId("user_id");
    String reason = body.optional("reason");
    boolean force = body.optionalFlag("force", false);
    Optional<String> key = idempotencyKey(request, body);
    if (!body.faults().isEmpty()) {
      Responses.error(response, callback, 400, String.join("; ", body.faults()));
      return;
    }
    if (!isServed(product)) {
      Responses.error(response, callback, 404, "product_id is no product of this server");
      return;
    }
    ManualTrigger trigger =
        new ManualTrigger(new SessionKey(product, session), user, flow, reason, force);
    Optional<CompletionStage<Answer>> answer =
        key.isPresent()
            ? asked.once(key.get(), trigger, () -> engine.trigger(trigger))
            : Optional.of(engine.trigger(trigger).thenApply(Answer::of));
    if (answer.isEmpty()) {
      Responses.error(
          response,
          callback,
          422,
          IDEMPOTENCY_KEY + " was used for another trigger, use a new one");
      return;
    }
    answer
        .get()
        .whenComplete(
            (known, failure) -> {
              if (failure != null) {
                BodyReader.engineFailed(response, callback, failure);
              } else {
                Responses.json(response, callback, 202, describe(known));
              }
            });
  }

  /** A structured string, or as most clients send it, without its quotes. */
  private static Optional<String> idempotencyKey(Request request, JsonBody body) {
    List<String> values = request.getHeaders().getValuesList(IDEMPOTENCY_KEY);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String value = values.get(0).strip();
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String key = isQuoted ? value.substring(1, value.length() - 1) : value;
    if (values.size() > 1 || key.isBlank() || key.length() > LONGEST_KEY) {
      body.faults()
          .add(
              "%s must be there once, with 1 to %d characters that are not blank"
                  .formatted(IDEMPOTENCY_KEY, LONGEST_KEY));
    }
    return Optional.of(key);
  }

  private static ObjectNode describe(Answer answer) {
    ObjectNode object = Responses.object().put("id", answer.id()).put("decision", answer.word());
    answer.reason().ifPresent(reason -> object.put("reason", JsonBody.word(reason)));
    return object;
  }

  void stream(Request request, Response response, Callback callback, String productId) {
    if (!isLetIn(request, response, callback)) {
      return;
    }
    if (!isServed(productId)) {
      Responses.error(response, callback, 404, "the path names no product of this server");
      return;
    }
    EventStream stream = new EventStream(request, response, callback, settings, Instant.MAX);
    if (streams.addForProduct(productId, stream, caps) == OpenStreams.Admission.OPEN) {
      stream.start(() -> streams.removeForProduct(productId, stream));
    } else {
      Responses.tryLater(response, callback, 503, "the server has no room for another stream");
    }
  }

  private boolean isServed(String product) {
    return products.isEmpty() || products.contains(product);
  }

  private boolean isLetIn(Request request, Response response, Callback callback) {
    if (tokens.isEmpty()) {
      Responses.error(response, callback, 404, "this server has no publish token: not served");
      return false;
    }
    if (!Credentials.isOneOf(Credentials.bearer(request), tokens)) {
      Responses.unauthorized(response, callback, "the publish token is missing or wrong");
      return false;
    }
    return true;
  }
}
