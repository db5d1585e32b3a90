package dev.tourmaline.adapter.autoplay;

import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Fatal;
import dev.tourmaline.adapter.autoplay.ConnectionOutcome.Retry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Judges the status and headers of the response to a stream request; it never reads the body. */
final class StreamResponse {

  private static final String RETRY_AFTER = "Tourmaline-Retry-After";
  private static final String EVENT_STREAM = "text/event-stream";
  private static final int SHOWN_TYPE_LENGTH = 60;
  private static final int MAX_SECONDS_DIGITS = 9;

  private static final String WRONG_TYPE =
      "Check the stream address: what answers there is no event stream (text/event-stream)."
          + " A login page, a proxy or another service may stand in its place.";

  private StreamResponse() {}

  /** {@return why the answer is no event stream; empty if it is one} */
  static Optional<ConnectionOutcome> refusal(Response response, String productId, Instant now) {
    int code = response.code();
    String why = code + " from " + shown(response.request().url());
    if (code == 200) {
      String type = contentType(response);
      return type.equals(EVENT_STREAM)
          ? Optional.empty()
          : Optional.of(
              new Fatal("%s with content type %s".formatted(why, name(type)), WRONG_TYPE));
    }
    if (code == 408 || code == 425 || code == 429 || code >= 500) {
      return Optional.of(new Retry(why, retryAfter(response, now)));
    }
    return Optional.of(new Fatal(why, advice(code, productId, response)));
  }

  /** The address without its query and without credentials, for messages. */
  static String shown(HttpUrl url) {
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.scheme() + "://" + host + (usual ? "" : ":" + url.port()) + url.encodedPath();
  }

  private static String advice(int code, String productId, Response response) {
    return switch (code) {
      case 204, 410 ->
          "The connector has no stream for product '%s' any more. Check that the product is"
                  .formatted(productId)
              + " still registered, for event_stream.";
      case 400 ->
          "Check how product '%s' was registered: only integration type event_stream has a stream,"
                  .formatted(productId)
              + " webhook has none.";
      case 401 -> elsewhere(response) + unauthorised();
      case 403 ->
          elsewhere(response)
              + "Check that the stream token was issued for product '%s'.".formatted(productId);
      case 404 ->
          "Check the stream address and the product id '%s': the connector knows no such product."
                  .formatted(productId)
              + " It may not be registered yet.";
      default ->
          code < 400
              ? "Check the stream address: the answer must be 200, without a redirect that leads"
                  + " nowhere."
              : "Check the stream address and the token; the connector refuses the request.";
    };
  }

  private static String unauthorised() {
    return "Check the stream token, the unkey_key that registration printed (usually in"
        + " AUTOPLAY_APP_UNKEY_TOKEN): it is missing, mistyped or revoked.";
  }

  private static String elsewhere(Response response) {
    Response prior = response.priorResponse();
    if (prior == null || prior.request().url().host().equals(response.request().url().host())) {
      return "";
    }
    return "The stream address redirects to %s, and the token is not sent to another host: configure that address. "
        .formatted(shown(response.request().url()));
  }

  private static String contentType(Response response) {
    String header = response.header("Content-Type", "");
    int semicolon = header.indexOf(';');
    return (semicolon < 0 ? header : header.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static String name(String type) {
    if (type.isEmpty()) {
      return "(none)";
    }
    return "'" + type.substring(0, Math.min(type.length(), SHOWN_TYPE_LENGTH)) + "'";
  }

  /**
   * Keeps {@code Retry-After} from OkHttp, which fails on a number that is no int, and repeats a
   * request at once on 0 or, after 408, on none.
   */
  static Response withRetryAfterForUs(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response
        .newBuilder()
        .header("Retry-After", "1")
        .header(RETRY_AFTER, response.header("Retry-After", ""))
        .build();
  }

  private static Duration retryAfter(Response response, Instant now) {
    String value = response.header(RETRY_AFTER, "").strip();
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return value.length() > MAX_SECONDS_DIGITS
          ? Backoff.LONGEST_RETRY_AFTER
          : Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    } catch (DateTimeException neitherSecondsNorDate) {
      return Duration.ZERO;
    }
  }
}
