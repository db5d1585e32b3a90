package dev.tourmaline.adapter.attributes;

import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Attributes of users from another service: {@code GET url?product=...&user=...} answers a JSON
 * object of texts, numbers and booleans, or 404 for a user whom it does not know. The engine
 * remembers an answer for five minutes. At most so many questions are under way at a time; those
 * beyond it fail at once, as does one that takes longer than its deadline. Thread-safe; made by
 * {@link #builder(URI)}.
 */
public final class HttpAttributes implements UserAttributes {

  private static final int LARGEST = 1 << 20;

  private final URI url;
  private final Duration timeout;
  private final Supplier<String> token;
  private final Semaphore room;
  private final HttpClient client;

  private HttpAttributes(Builder builder) {
    this.url = builder.url;
    this.timeout = builder.timeout;
    this.token = builder.token;
    this.room = new Semaphore(builder.atOnce);
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /**
   * {@return a builder}
   *
   * @param url where to ask, {@code http} or {@code https}
   */
  public static Builder builder(URI url) {
    return new Builder(url);
  }

  @Override
  public CompletionStage<Map<String, Object>> of(UserKey user) {
    if (!room.tryAcquire()) {
      return CompletableFuture.failedStage(new IOException("too many questions are under way"));
    }
    CompletableFuture<HttpResponse<byte[]>> asked;
    try {
      asked = client.sendAsync(request(user), HttpResponse.BodyHandlers.ofByteArray());
    } catch (RuntimeException e) {
      room.release();
      throw e;
    }
    return asked
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((response, failure) -> room.release())
        .thenApply(HttpAttributes::attributes);
  }

  private HttpRequest request(UserKey user) {
    String separator = url.getRawQuery() == null ? "?" : "&";
    URI asked =
        URI.create(
            "%s%sproduct=%s&user=%s"
                .formatted(url, separator, encoded(user.productId()), encoded(user.id())));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked).timeout(timeout).header("Accept", "application/json");
    String shown = token.get();
    if (!shown.isBlank()) {
      request.header("Authorization", "Bearer " + shown);
    }
    return request.build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> attributes(HttpResponse<byte[]> response) {
    if (response.statusCode() == 404) {
      return Map.of();
    }
    try {
      if (response.statusCode() != 200) {
        throw new IOException("it answered " + response.statusCode());
      }
      if (response.body().length > LARGEST) {
        throw new IOException("it answered %d bytes".formatted(response.body().length));
      }
      return AttributesReader.attributes(AttributesReader.tree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException("the service of user attributes: " + e.getMessage(), e);
    }
  }

  /** Builds {@link HttpAttributes}. Not thread-safe. */
  public static final class Builder {

    private final URI url;
    private Duration timeout = Duration.ofMillis(500);
    private Supplier<String> token = () -> "";
    private int atOnce = 64;

    private Builder(URI url) {
      this.url = Objects.requireNonNull(url, "url");
    }

    /**
     * {@return this builder, with the deadline of a question}
     *
     * @param timeout more than zero; default half a second
     */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * {@return this builder, with the token that is shown as {@code Authorization: Bearer}}
     *
     * @param token asked at every question; blank for none, the default
     */
    public Builder token(Supplier<String> token) {
      this.token = Objects.requireNonNull(token, "token");
      return this;
    }

    /**
     * {@return this builder, with the most questions at a time}
     *
     * @param atOnce at least 1; default 64
     */
    public Builder atOnce(int atOnce) {
      this.atOnce = atOnce;
      return this;
    }

    /**
     * {@return the attributes}
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public HttpAttributes build() {
      List<String> faults = new ArrayList<>();
      String scheme = Optional.ofNullable(url.getScheme()).orElse("");
      if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
        faults.add("url is " + url + ", it must be an address of http or https");
      }
      if (timeout.isNegative() || timeout.isZero()) {
        faults.add("timeout is " + timeout + ", it must be more than zero");
      }
      if (atOnce < 1) {
        faults.add("atOnce is " + atOnce + ", it must be at least 1");
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new HttpAttributes(this);
    }
  }
}
