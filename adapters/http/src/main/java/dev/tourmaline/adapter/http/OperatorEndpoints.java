package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.control.Switch.Scope;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.session.SessionKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator asks of an engine and tells it: decisions, explanations, switches, statistics
 * and objections. Stands behind the admin token.
 */
final class OperatorEndpoints extends Handler.Abstract.NonBlocking {

  private static final Logger log = LoggerFactory.getLogger(OperatorEndpoints.class);

  private final TourEngine engine;
  private final List<String> products;
  private final BodyReader bodies;
  private final Executor workers;
  private final InstantSource clock;

  OperatorEndpoints(
      TourEngine engine,
      Set<String> products,
      BodyReader bodies,
      Executor workers,
      InstantSource clock) {
    this.engine = engine;
    this.products = products.stream().sorted().toList();
    this.bodies = bodies;
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (request.getHttpURI().getDecodedPath()) {
      case "/decisions" -> get(request, response, callback, () -> decisions(request));
      case "/explain" -> get(request, response, callback, () -> explain(request));
      case "/stats" -> get(request, response, callback, this::stats);
      case "/switch" -> {
        if (request.getMethod().equals("GET")) {
          get(request, response, callback, this::switches);
        } else {
          post(request, response, callback, "GET, POST", this::turn);
        }
      }
      case "/object" -> post(request, response, callback, "POST", this::object);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** An answer with its status. */
  private record Answer(int status, ObjectNode body) {

    static CompletionStage<Answer> ok(ObjectNode body) {
      return CompletableFuture.completedStage(new Answer(200, body));
    }

    static CompletionStage<Answer> error(int status, String what) {
      return CompletableFuture.completedStage(
          new Answer(status, Responses.object().put("error", what)));
    }

    static CompletionStage<Answer> malformed(List<String> faults) {
      return error(400, String.join("; ", faults));
    }
  }

  private void get(
      Request request,
      Response response,
      Callback callback,
      Supplier<CompletionStage<Answer>> asked) {
    if (request.getMethod().equals("GET")) {
      workers.execute(() -> answer(response, callback, asked));
    } else {
      Responses.wrongMethod(response, callback, "GET", "GET");
    }
  }

  private interface Told {
    CompletionStage<Answer> by(JsonBody body);
  }

  private void post(
      Request request, Response response, Callback callback, String allow, Told told) {
    if (request.getLength() != 0) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (request.getMethod().equals("POST")) {
      bodies.read(
          request, response, callback, body -> answer(response, callback, () -> told.by(body)));
    } else {
      Responses.wrongMethod(response, callback, allow.replace(", ", " or "), allow);
    }
  }

  private static void answer(
      Response response, Callback callback, Supplier<CompletionStage<Answer>> asked) {
    try {
      asked
          .get()
          .whenComplete(
              (answer, failure) -> {
                if (failure == null) {
                  Responses.json(response, callback, answer.status(), answer.body());
                } else {
                  BodyReader.engineFailed(response, callback, failure);
                }
              });
    } catch (RuntimeException e) {
      BodyReader.engineFailed(response, callback, e);
    }
  }

  private CompletionStage<Answer> decisions(Request request) {
    List<String> faults = new ArrayList<>();
    Optional<SessionKey> session = session(request, faults);
    return session.isEmpty()
        ? Answer.malformed(faults)
        : Answer.ok(json().of(session.get(), engine.ledger().decisions(session.get())));
  }

  private CompletionStage<Answer> explain(Request request) {
    List<String> faults = new ArrayList<>();
    Optional<SessionKey> session = session(request, faults);
    return session.isEmpty()
        ? Answer.malformed(faults)
        : engine
            .explain(session.get())
            .thenApplyAsync(known -> new Answer(200, json().of(known)), workers);
  }

  private DecisionJson json() {
    return new DecisionJson(engine.ledger());
  }

  /** The session that a query names; a product may be left out where there is one only. */
  private Optional<SessionKey> session(Request request, List<String> faults) {
    Fields query = Request.extractQueryParameters(request);
    String session = text(query, "session");
    String product = text(query, "product");
    if (product.isEmpty() && products.size() == 1) {
      product = products.get(0);
    }
    if (session.isBlank()) {
      faults.add("session is missing");
    }
    tooLong("session", session, faults);
    if (product.isBlank()) {
      faults.add("product is missing" + known());
    } else {
      unknownProduct("product", product, faults);
    }
    return faults.isEmpty() ? Optional.of(new SessionKey(product, session)) : Optional.empty();
  }

  private static String text(Fields query, String name) {
    String value = query.getValue(name);
    return value == null ? "" : value;
  }

  private static void tooLong(String name, String id, List<String> faults) {
    if (id.length() > SessionKey.LONGEST_ID) {
      faults.add(
          "%s has %d characters, it must have at most %d"
              .formatted(name, id.length(), SessionKey.LONGEST_ID));
    }
  }

  private void unknownProduct(String name, String product, List<String> faults) {
    if (!products.isEmpty() && !products.contains(product)) {
      faults.add(name + " is no product of this server" + known());
    }
  }

  private String known() {
    return products.isEmpty() ? "" : ", it must be one of " + String.join(", ", products);
  }

  private CompletionStage<Answer> stats() {
    return Answer.ok(StatsJson.of(engine));
  }

  private CompletionStage<Answer> switches() {
    ObjectNode object = Responses.object();
    ArrayNode all = object.putArray("switches");
    engine.switches().stream()
        .sorted(Comparator.comparing(Switch::at))
        .forEach(one -> all.add(DecisionJson.of(one)));
    return Answer.ok(object);
  }

  private CompletionStage<Answer> turn(JsonBody body) {
    Scope scope = body.oneOf("scope", Scope.class);
    String product = body.optionalId("product_id");
    String name = body.optionalId("name");
    boolean on = body.requiredFlag("on");
    String actor = body.requiredId("actor");
    String reason = body.optional("reason");
    List<String> faults = body.faults();
    boolean isNamed = scope == Scope.FLOW || scope == Scope.RULE;
    if (faults.stream().noneMatch(fault -> fault.startsWith("scope"))) {
      check(isNamed ? name.isBlank() : !name.isEmpty(), isNamed, "name", scope, faults);
      boolean needsProduct = scope == Scope.PRODUCT;
      check(
          needsProduct ? product.isBlank() : scope == Scope.EVERYTHING && !product.isEmpty(),
          needsProduct,
          "product_id",
          scope,
          faults);
    }
    if (!product.isEmpty()) {
      unknownProduct("product_id", product, faults);
    }
    if (!faults.isEmpty()) {
      return Answer.malformed(faults);
    }
    Switch set = new Switch(scope, product, name, on, actor, reason, clock.instant());
    engine.turn(set);
    return Answer.ok(DecisionJson.of(set));
  }

  private static void check(
      boolean isWrong, boolean isNeeded, String key, Scope scope, List<String> faults) {
    if (isWrong) {
      faults.add(
          isNeeded
              ? "%s is missing, which scope %s needs".formatted(key, JsonBody.word(scope))
              : "%s is too much for scope %s".formatted(key, JsonBody.word(scope)));
    }
  }

  private CompletionStage<Answer> object(JsonBody body) {
    String product = body.requiredId("product_id");
    String user = body.requiredId("user_id");
    boolean objects = body.requiredFlag("objects");
    String actor = body.requiredId("actor");
    if (!product.isEmpty()) {
      unknownProduct("product_id", product, body.faults());
    }
    if (!body.faults().isEmpty()) {
      return Answer.malformed(body.faults());
    }
    return engine
        .object(product, user, objects)
        .thenApplyAsync(
            done -> {
              log.info(
                  "a user of {} {} to being processed, as {} has entered",
                  OneLine.of(product),
                  objects ? "objects" : "does not object any more",
                  OneLine.of(actor));
              return new Answer(
                  200,
                  Responses.object()
                      .put("product_id", product)
                      .put("objects", objects)
                      .put("actor", actor));
            },
            workers);
  }
}
