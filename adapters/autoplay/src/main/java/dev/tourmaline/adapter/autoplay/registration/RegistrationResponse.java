package dev.tourmaline.adapter.autoplay.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.AlreadyRegistered;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Failed;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Registered;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.BufferedSource;

/** Maps the connector's HTTP response to a result. The body is read only when it is a success. */
final class RegistrationResponse {

  private static final long MAX_BODY_BYTES = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOST_CREDENTIALS =
      " The product may be registered now without its credentials being known; if so, registering"
          + " again says that it is already registered, and forcing it issues new ones.";

  private final String productId;
  private final HttpUrl connector;
  private final String webhookSecret;

  /** */
  RegistrationResponse(String productId, HttpUrl connector, String webhookSecret) {
    this.productId = productId;
    this.connector = connector;
    this.webhookSecret = webhookSecret;
  }

  RegistrationResult of(Response response) throws IOException {
    int status = response.code();
    if (status == 201) {
      return registered(response);
    }
    if (status == 409) {
      return new AlreadyRegistered(
          "Product '%s' is already registered; nothing was changed. Its credentials were shown when"
                  .formatted(productId)
              + " it was registered. If they are lost, force the registration: that issues new"
              + " ones, and the old ones stop working.");
    }
    return new Failed(status, "The connector answered " + status + ". " + advice(response));
  }

  RegistrationResult of(IOException fault, Duration timeout) {
    if (fault instanceof UnknownHostException) {
      return new Failed(
          0, "Host '%s' is unknown. Check the connector's address.".formatted(connector.host()));
    }
    boolean timedOut =
        fault instanceof SocketTimeoutException
            || (fault instanceof InterruptedIOException && "timeout".equals(fault.getMessage()));
    if (timedOut) {
      return new Failed(
          0,
          "The connector at %s did not answer within %d s. Try again; a connector that was asleep needs a while to wake."
                  .formatted(at(), Math.max(1, timeout.toSeconds()))
              + LOST_CREDENTIALS);
    }
    return new Failed(
        0,
        "The connector at %s cannot be reached (%s). Check its address and this machine's network."
            .formatted(at(), fault.getClass().getSimpleName()));
  }

  private RegistrationResult registered(Response response) throws IOException {
    BufferedSource body = response.body().source();
    if (body.request(MAX_BODY_BYTES + 1)) {
      return notUnderstood("it is larger than 64 KiB");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(body.readByteArray());
    } catch (JsonProcessingException e) {
      return notUnderstood("it is no JSON");
    }
    String unkeyKey = answer.path("unkey_key").asText("").strip();
    if (unkeyKey.isEmpty()) {
      return notUnderstood("it carries no 'unkey_key'");
    }
    String secret = answer.path("webhook_secret").asText("").strip();
    return new Registered(
        productId,
        address("webhook"),
        address("stream"),
        secret.isEmpty() ? webhookSecret : secret,
        unkeyKey);
  }

  private static Failed notUnderstood(String why) {
    return new Failed(201, "The connector answered 201, but %s.".formatted(why) + LOST_CREDENTIALS);
  }

  private String address(String kind) {
    return connector.newBuilder().addPathSegment(kind).addPathSegment(productId).build().toString();
  }

  private String advice(Response response) {
    int status = response.code();
    return switch (status) {
      case 400, 422 ->
          "It does not accept the details: check the product id '%s' and the contact address."
              .formatted(productId);
      case 401, 403 ->
          "It refuses the registration: this connector may ask for an admin key, or the one given"
              + " is wrong.";
      case 404, 405 ->
          "Nothing registers products at %s: check the connector's address.".formatted(at());
      case 408, 425 -> "Try again.";
      case 429 -> "It has had too many requests: try again in a few minutes.";
      default -> {
        if (status >= 300 && status < 400) {
          yield "The address %s redirects%s, and a registration is not sent on: use the connector's own address."
              .formatted(at(), target(response));
        } else if (status >= 500) {
          yield "It failed, or what stands before it did: try again in a while." + LOST_CREDENTIALS;
        }
        yield "That is no answer to a registration: check the connector's address, %s."
            .formatted(at());
      }
    };
  }

  private static String target(Response response) {
    HttpUrl target = response.request().url().resolve(response.header("Location", ""));
    return target == null ? "" : " to " + target.scheme() + "://" + target.host();
  }

  private String at() {
    return connector.newBuilder().query(null).fragment(null).build().toString();
  }
}
