package dev.tourmaline.adapter.http;

import dev.tourmaline.adapter.http.SessionTokens.Verification;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** What a browser calls with its session token: its stream, feedback, and preferences. */
final class BrowserEndpoints {

  private static final String UNKNOWN_PAGE =
      "a token in a cookie is taken from pages of this origin and of listed ones only, by"
          + " Sec-Fetch-Site or Origin; others show theirs as Authorization: Bearer";

  private final TourEngine engine;
  private final BrowserSink sink;
  private final Supplier<SessionTokens> tokens;
  private final Cors cors;
  private final OpenStreams.Caps caps;
  private final StreamSettings settings;
  private final BodyReader bodies;
  private final Executor workers;

  BrowserEndpoints(
      TourEngine engine,
      BrowserSink sink,
      Supplier<SessionTokens> tokens,
      Cors cors,
      OpenStreams.Caps caps,
      StreamSettings settings,
      BodyReader bodies,
      Executor workers) {
    this.engine = engine;
    this.sink = sink;
    this.tokens = tokens;
    this.cors = cors;
    this.caps = caps;
    this.settings = settings;
    this.bodies = bodies;
    this.workers = workers;
  }

  void stream(Request request, Response response, Callback callback) {
    withToken(
        request,
        response,
        callback,
        token ->
            asked(request, response, callback, token)
                .ifPresent(session -> open(request, response, callback, token, session)),
        token -> {
          if (isEventSource(request)) {
            asked(request, response, callback, token)
                .ifPresent(
                    session ->
                        Responses.comeAgain(
                            response, callback, "token_expired", Verification.HAS_EXPIRED));
          } else {
            expired(response, callback);
          }
        });
  }

  /**
   * {@return whether the browser's own event source asks, which would take any status but 200 for
   * the end; whoever shows a bearer token reads the status himself}
   */
  private static boolean isEventSource(Request request) {
    return Credentials.sessionToken(request).byBrowser()
        && request.getHeaders().getValuesList(HttpHeader.ACCEPT).contains("text/event-stream");
  }

  /** {@return the session that the request names; empty once it is answered that it may not} */
  private static Optional<SessionKey> asked(
      Request request, Response response, Callback callback, SessionToken token) {
    Fields query = Request.extractQueryParameters(request);
    String product = text(query, "product");
    String session = text(query, "session");
    if (product.isBlank() || session.isBlank()) {
      Responses.error(
          response, callback, 400, "the query needs product and session, both not blank");
    } else if (session.length() > SessionKey.LONGEST_ID) {
      Responses.error(
          response,
          callback,
          400,
          "session has %d characters, it must have at most %d"
              .formatted(session.length(), SessionKey.LONGEST_ID));
    } else if (!token.productId().equals(product)) {
      Responses.error(response, callback, 403, "the token is for another product");
    } else if (!token.opens(session)) {
      Responses.error(response, callback, 403, "the token is for another session");
    } else {
      return Optional.of(new SessionKey(product, session));
    }
    return Optional.empty();
  }

  private void open(
      Request request,
      Response response,
      Callback callback,
      SessionToken token,
      SessionKey session) {
    String lastEventId = request.getHeaders().get("Last-Event-ID");
    EventStream events = new EventStream(request, response, callback, settings, token.expiresAt());
    BrowserStream stream =
        new BrowserStream(token, session, lastEventId == null ? "" : lastEventId.strip(), events);
    switch (sink.open(stream, caps)) {
      case OPEN -> {
        if (!token.user().isEmpty()) {
          engine.vouch(session, token.user());
        }
        if (!token.attributes().isEmpty()) {
          engine.claim(session, token.user(), token.attributes());
        }
        events.start(() -> sink.left(stream));
        workers.execute(() -> sink.resume(stream));
      }
      case SUBJECT_FULL ->
          noRoom(
              request,
              response,
              callback,
              429,
              "this %s has %d streams open, it may not have more"
                  .formatted(token.namesSession() ? "session" : "user", caps.of(token.subject())));
      case TOTAL_FULL, CLOSED ->
          noRoom(request, response, callback, 503, "the server has no room for another stream");
    }
  }

  private static void noRoom(
      Request request, Response response, Callback callback, int status, String why) {
    if (isEventSource(request)) {
      Responses.comeAgain(response, callback, "no_room", why);
    } else {
      Responses.tryLater(response, callback, status, why);
    }
  }

  private static String text(Fields query, String name) {
    String value = query.getValue(name);
    return value == null ? "" : value;
  }

  void feedback(Request request, Response response, Callback callback) {
    withToken(
        request,
        response,
        callback,
        token ->
            bodies.read(
                request, response, callback, body -> report(response, callback, token, body)),
        token -> expired(response, callback));
  }

  private void report(Response response, Callback callback, SessionToken token, JsonBody body) {
    String id = body.requiredId("id");
    String session = body.requiredId("session_id");
    TourFeedback.Outcome outcome = body.oneOf("outcome", TourFeedback.Outcome.class);
    int step = body.optionalCount("step");
    boolean confirmed = body.optionalFlag("confirmed", true);
    boolean foreign = body.optionalFlag("foreign", false);
    String foreignFlow = foreign ? body.requiredId("flow_id") : "";
    String reason = body.optional("reason");
    Optional<Instant> until = body.optionalTime("until");
    if (until.isPresent() && outcome != TourFeedback.Outcome.SNOOZED) {
      body.faults().add("until belongs to the outcome snoozed alone");
    }
    if (!body.faults().isEmpty()) {
      Responses.error(response, callback, 400, String.join("; ", body.faults()));
      return;
    }
    if (!token.opens(session)) {
      Responses.error(response, callback, 403, "the token is for another session");
      return;
    }
    SessionKey key = new SessionKey(token.productId(), session);
    TourFeedback feedback =
        new TourFeedback(
            id, key, outcome, step, confirmed, foreignFlow, reason, until.orElse(Instant.EPOCH));
    if (foreign) {
      reportForeign(response, callback, token, feedback);
      return;
    }
    if (!token.namesSession() && !sink.opens(token, key, id)) {
      notOfThisSession(response, callback);
      return;
    }
    engine
        .feedback(feedback)
        .whenComplete(
            (known, failure) -> {
              if (failure != null) {
                BodyReader.engineFailed(response, callback, failure);
              } else if (known) {
                sink.acknowledge(key, id);
                Responses.noContent(response, callback);
              } else {
                notOfThisSession(response, callback);
              }
            });
  }

  /** A token that names a user alone speaks of that user, whatever session its page names. */
  private void reportForeign(
      Response response, Callback callback, SessionToken token, TourFeedback feedback) {
    CompletionStage<Boolean> taken =
        token.namesSession()
            ? engine.feedback(feedback)
            : engine.feedback(
                new ProviderReport(
                    token.productId(),
                    token.user(),
                    feedback.foreignFlowId(),
                    feedback.triggerId(),
                    feedback.outcome(),
                    feedback.step(),
                    feedback.confirmed(),
                    settings.clock().instant(),
                    true));
    taken.whenComplete(
        (known, failure) -> {
          if (failure != null) {
            BodyReader.engineFailed(response, callback, failure);
          } else {
            Responses.noContent(response, callback);
          }
        });
  }

  void preferences(Request request, Response response, Callback callback) {
    withToken(
        request,
        response,
        callback,
        token ->
            bodies.read(
                request, response, callback, body -> prefer(response, callback, token, body)),
        token -> expired(response, callback));
  }

  private void prefer(Response response, Callback callback, SessionToken token, JsonBody body) {
    String session = body.requiredId("session_id");
    boolean tours = body.requiredFlag("tours");
    if (!body.faults().isEmpty()) {
      Responses.error(response, callback, 400, String.join("; ", body.faults()));
      return;
    }
    if (!token.opens(session)) {
      Responses.error(response, callback, 403, "the token is for another session");
      return;
    }
    engine
        .wantsTours(new SessionKey(token.productId(), session), token.user(), tours)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                BodyReader.engineFailed(response, callback, failure);
              } else {
                Responses.noContent(response, callback);
              }
            });
  }

  private static void notOfThisSession(Response response, Callback callback) {
    Responses.error(response, callback, 403, "id names no trigger of this session");
  }

  private static void expired(Response response, Callback callback) {
    Responses.unauthorized(response, callback, Verification.HAS_EXPIRED);
  }

  private void withToken(
      Request request,
      Response response,
      Callback callback,
      Consumer<SessionToken> then,
      Consumer<SessionToken> ifExpired) {
    Credentials.Shown shown = Credentials.sessionToken(request);
    if (shown.byBrowser() && !cors.isFromKnownPage(request)) {
      Responses.error(response, callback, 403, UNKNOWN_PAGE);
      return;
    }
    Verification verification = tokens.get().verify(shown.token());
    if (verification instanceof Verification.Accepted accepted) {
      then.accept(accepted.token());
    } else if (verification instanceof Verification.Expired expired) {
      ifExpired.accept(expired.token());
    } else if (verification instanceof Verification.Refused refused) {
      Responses.unauthorized(response, callback, refused.why());
    }
  }
}
