package dev.tourmaline.storefront;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.storefront.BrowserSessions.BrowserSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * The product's own server: its pages, their files, and what the pages ask for. Every answer is
 * about the session whose cookie the request carries, and about no other.
 */
final class StorefrontHandler extends Handler.Abstract.NonBlocking {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 16 * 1024;
  private static final Set<String> TYPES =
      Set.of("pageview", "click", "submit", "type", "focus", "blur");

  private final String productId;
  private final Pages pages;
  private final BrowserSessions sessions = new BrowserSessions();
  private final SessionJournal journal;
  private final Consumer<CapturedAction> connector;
  private final Function<String, String> tokens;

  StorefrontHandler(
      String productId,
      Pages pages,
      SessionJournal journal,
      Consumer<CapturedAction> connector,
      Function<String, String> tokens) {
    this.productId = productId;
    this.pages = pages;
    this.journal = journal;
    this.connector = connector;
    this.tokens = tokens;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    return switch (request.getMethod() + " " + path) {
      case "GET /" -> redirect(response, callback);
      case "POST /api/visit" -> body(request, response, callback, this::session);
      case "POST /collect" -> body(request, response, callback, this::collect);
      case "GET /api/token" -> own(request, response, callback, this::token);
      case "GET /api/panel" -> own(request, response, callback, this::panel);
      default -> request.getMethod().equals("GET") && file(path, response, callback);
    };
  }

  private static boolean redirect(Response response, Callback callback) {
    response.setStatus(302);
    response.getHeaders().put(HttpHeader.LOCATION, "/dashboard");
    callback.succeeded();
    return true;
  }

  private boolean file(String path, Response response, Callback callback) {
    Optional<String> page = pages.render(path);
    if (page.isPresent()) {
      HttpFields.Mutable headers = response.getHeaders();
      headers.put(
          "Content-Security-Policy",
          "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'");
      // Never from the back-forward cache: each time a page is looked at is a page view.
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
      byte[] html = page.get().getBytes(StandardCharsets.UTF_8);
      write(response, callback, 200, "text/html;charset=utf-8", html);
      return true;
    }
    Optional<Assets.Asset> asset = Assets.find(path);
    asset.ifPresent(
        found -> {
          response.getHeaders().put(HttpHeader.CACHE_CONTROL, "max-age=60");
          write(response, callback, 200, found.contentType(), found.bytes());
        });
    return asset.isPresent();
  }

  /** Begins a session, that of a new visitor if asked, or goes on with the cookie's. */
  private void session(Request request, Response response, Callback callback, JsonNode body) {
    String id = body.path("visitor").asText();
    if (!Persona.isId(id)) {
      error(response, callback, 400, "visitor must be a short lower-case name");
      return;
    }
    BrowserSession session =
        body.path("fresh").asBoolean()
            ? sessions.beginAnew(Persona.of(id))
            : cookie(request, id)
                .flatMap(cookie -> sessions.find(id, cookie))
                .orElseGet(() -> sessions.begin(Persona.of(id)));
    response
        .getHeaders()
        .add(
            HttpHeader.SET_COOKIE,
            "%s=%s; Path=/; HttpOnly; SameSite=Strict"
                .formatted(BrowserSessions.cookieName(id), session.cookie()));
    Persona persona = session.persona();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("product_id", productId).put("session_id", session.sessionId());
    answer
        .put("visitor", id)
        .put("user_id", session.userId())
        .put("name", persona.name())
        .put("role", persona.role());
    answer.put("initials", persona.initials()).put("email", persona.email());
    ArrayNode others = answer.putArray("others");
    Persona.known().stream()
        .filter(other -> !other.id().equals(id))
        .forEach(other -> others.addObject().put("id", other.id()).put("name", other.name()));
    json(response, callback, answer);
  }

  private void collect(Request request, Response response, Callback callback, JsonNode body) {
    Optional<BrowserSession> session = session(request, body.path("visitor").asText());
    if (session.isEmpty()) {
      error(response, callback, 401, "no visit has begun");
      return;
    }
    Optional<CapturedAction> action = action(session.get(), body);
    if (action.isEmpty()) {
      error(response, callback, 400, "an action needs type, title, timestamp, raw_url");
      return;
    }
    journal.collected(action.get());
    connector.accept(action.get());
    response.setStatus(204);
    callback.succeeded();
  }

  /** The page says what was done; whose it is, the server knows. */
  private static Optional<CapturedAction> action(BrowserSession session, JsonNode body) {
    JsonNode timestamp = body.path("timestamp");
    if (!TYPES.contains(body.path("type").asText())
        || !timestamp.isNumber()
        || timestamp.doubleValue() < 0
        || timestamp.doubleValue() > 1e11) {
      return Optional.empty();
    }
    BigDecimal millis = timestamp.decimalValue().movePointRight(3);
    return Optional.of(
        new CapturedAction(
            session.sessionId(),
            session.userId(),
            session.persona().email(),
            body.path("type").asText(),
            body.path("title").asText(),
            body.path("description").asText(),
            Instant.ofEpochMilli(millis.longValue()),
            body.path("raw_url").asText(),
            body.path("canonical_url").asText()));
  }

  private void token(
      Request request, Response response, Callback callback, BrowserSession session) {
    json(
        response,
        callback,
        JSON.createObjectNode().put("token", tokens.apply(session.sessionId())));
  }

  private void panel(
      Request request, Response response, Callback callback, BrowserSession session) {
    SessionJournal.View view = journal.view(session.sessionId());
    ObjectNode answer = JSON.createObjectNode().put("version", view.version());
    String known = Request.extractQueryParameters(request).getValue("version");
    if (!String.valueOf(view.version()).equals(known)) {
      answer.put("billing_visits", view.billingVisits());
      ArrayNode entries = answer.putArray("entries");
      for (SessionJournal.Entry entry : view.entries()) {
        entries
            .addObject()
            .put("kind", entry.kind())
            .put("text", entry.text())
            .put("detail", entry.detail())
            .put("at", entry.at().toEpochMilli())
            .put("times", entry.times());
      }
    }
    json(response, callback, answer);
  }

  private interface ForBody {
    void answer(Request request, Response response, Callback callback, JsonNode body);
  }

  private interface ForSession {
    void answer(Request request, Response response, Callback callback, BrowserSession session);
  }

  private static boolean body(
      Request request, Response response, Callback callback, ForBody endpoint) {
    Content.Source.asByteArrayAsync(
        request,
        MAX_BODY,
        new Promise.Invocable.NonBlocking<>() {
          @Override
          public void succeeded(byte[] bytes) {
            JsonNode json;
            try {
              json = JSON.readTree(bytes);
            } catch (IOException notJson) {
              error(response, callback, 400, "the body must be a JSON object");
              return;
            }
            endpoint.answer(request, response, callback, json);
          }

          @Override
          public void failed(Throwable failure) {
            error(response, callback, 413, "the body may have 16 KiB");
          }
        });
    return true;
  }

  private boolean own(Request request, Response response, Callback callback, ForSession endpoint) {
    String visitor = Request.extractQueryParameters(request).getValue("visitor");
    Optional<BrowserSession> session = session(request, visitor == null ? "" : visitor);
    if (session.isPresent()) {
      endpoint.answer(request, response, callback, session.get());
    } else {
      error(response, callback, 401, "no visit has begun");
    }
    return true;
  }

  private Optional<BrowserSession> session(Request request, String visitor) {
    return cookie(request, visitor).flatMap(cookie -> sessions.find(visitor, cookie));
  }

  private static Optional<String> cookie(Request request, String personaId) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(BrowserSessions.cookieName(personaId)))
        .map(cookie -> cookie.getValue())
        .findFirst();
  }

  private static void error(Response response, Callback callback, int status, String what) {
    byte[] json =
        JSON.createObjectNode().put("error", what).toString().getBytes(StandardCharsets.UTF_8);
    write(response, callback, status, "application/json", json);
  }

  private static void json(Response response, Callback callback, ObjectNode body) {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    write(
        response,
        callback,
        200,
        "application/json",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(
      Response response, Callback callback, int status, String type, byte[] bytes) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
