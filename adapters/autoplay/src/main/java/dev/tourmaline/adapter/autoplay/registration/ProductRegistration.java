package dev.tourmaline.adapter.autoplay.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Registers a product with the Autoplay connector, for its event stream: {@code POST /products}.
 *
 * <p>The webhook secret is made here unless one is given; the connector may answer with another.
 * Immutable and thread-safe. Neither secrets nor the contact's address appear in {@link
 * #toString()} or in any message.
 */
public final class ProductRegistration {

  /** The connector that Autoplay runs. */
  public static final String DEFAULT_CONNECTOR = "https://event-connector-luda.onrender.com";

  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final int SECRET_BYTES = 32;

  private final String productId;
  private final String contactEmail;
  private final HttpUrl connector;
  private final String webhookSecret;
  private final Optional<String> adminKey;
  private final boolean force;
  private final Duration timeout;
  private final OkHttpClient client;

  private ProductRegistration(Builder builder, HttpUrl connector) {
    this.productId = builder.productId;
    this.contactEmail = builder.contactEmail;
    this.connector = connector;
    this.webhookSecret = builder.webhookSecret.orElseGet(ProductRegistration::newSecret);
    this.adminKey = builder.adminKey;
    this.force = builder.force;
    this.timeout = builder.timeout;
    // A repeated or redirected registration would not be what the operator asked for.
    this.client =
        builder
            .client
            .newBuilder()
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            // On it OkHttp would repeat a request that was refused, or fail on its number.
            .addNetworkInterceptor(
                chain ->
                    chain.proceed(chain.request()).newBuilder().removeHeader("Retry-After").build())
            .build();
  }

  /**
   * {@return a builder for the registration of a product}
   *
   * @param productId the product's id, the same that the web application reports with its events
   * @param contactEmail whom Autoplay may write to
   */
  public static Builder builder(String productId, String contactEmail) {
    return new Builder(productId, contactEmail);
  }

  /**
   * Registers the product. Blocks until the connector has answered, 15 seconds at most by default.
   *
   * @return how it ended; a fault of the network is a result, too
   */
  public RegistrationResult register() {
    RegistrationResponse answer = new RegistrationResponse(productId, connector, webhookSecret);
    try (Response response = client.newCall(request()).execute()) {
      return answer.of(response);
    } catch (IOException e) {
      return answer.of(e, timeout);
    }
  }

  @Override
  public String toString() {
    return "ProductRegistration[productId=%s, connector=%s, force=%s]"
        .formatted(productId, connector, force);
  }

  private Request request() {
    Request.Builder request =
        new Request.Builder()
            .url(connector.newBuilder().addPathSegment("products").build())
            .header("Accept", "application/json")
            .post(RequestBody.create(body(), JSON_TYPE));
    adminKey.ifPresent(key -> request.header("X-Admin-Key", key));
    return request.build();
  }

  private byte[] body() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode body = mapper.createObjectNode();
    body.put("product_id", productId);
    body.put("contact_email", contactEmail);
    body.put("webhook_secret", webhookSecret);
    body.put("integration_type", "event_stream");
    body.putObject("integration_config").put("mode", "sse");
    body.put("forward_url", "");
    body.put("forward_secret", "");
    body.put("force_reregister", force);
    try {
      return mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a registration of plain text could not be written", e);
    }
  }

  private static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Builds a {@link ProductRegistration}. Not thread-safe. */
  public static final class Builder {

    private final String productId;
    private final String contactEmail;
    private String connector = DEFAULT_CONNECTOR;
    private Optional<String> webhookSecret = Optional.empty();
    private Optional<String> adminKey = Optional.empty();
    private boolean force;
    private Duration timeout = Duration.ofSeconds(15);
    private OkHttpClient client = new OkHttpClient();

    private Builder(String productId, String contactEmail) {
      this.productId = Objects.requireNonNull(productId, "productId").strip();
      this.contactEmail = Objects.requireNonNull(contactEmail, "contactEmail").strip();
    }

    /**
     * {@return this builder, with the connector}
     *
     * @param connector its base address; default {@link ProductRegistration#DEFAULT_CONNECTOR}
     */
    public Builder connector(String connector) {
      this.connector = Objects.requireNonNull(connector, "connector").strip();
      return this;
    }

    /**
     * {@return this builder, with the secret that PostHog will send along}
     *
     * @param webhookSecret default: 32 random bytes as text, made anew
     */
    public Builder webhookSecret(String webhookSecret) {
      this.webhookSecret = Optional.of(webhookSecret);
      return this;
    }

    /**
     * {@return this builder, with the key of a connector whose registration is not open to all}
     *
     * @param adminKey sent as {@code X-Admin-Key}; default none
     */
    public Builder adminKey(String adminKey) {
      this.adminKey = Optional.of(adminKey);
      return this;
    }

    /**
     * {@return this builder, with whether to register over an earlier registration}
     *
     * @param force if true, a product that is registered gets new credentials, and the old ones
     *     stop working; default false
     */
    public Builder force(boolean force) {
      this.force = force;
      return this;
    }

    /**
     * {@return this builder, with the time the whole call may take}
     *
     * @param timeout default 15 seconds
     */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * {@return this builder, with an HTTP client to derive from}
     *
     * @param client carries the proxy, the trusted certificates and the like; default a new client
     */
    public Builder client(OkHttpClient client) {
      this.client = Objects.requireNonNull(client, "client");
      return this;
    }

    /**
     * {@return the registration, which was not sent}
     *
     * @throws IllegalArgumentException naming every setting that is wrong, and what would be right
     */
    public ProductRegistration build() {
      List<String> faults = new ArrayList<>();
      if (productId.isEmpty()) {
        faults.add("productId is blank, it must be the product's id");
      }
      if (!contactEmail.matches("[^@\\s]+@[^@\\s]+")) {
        faults.add("contactEmail is no e-mail address, it must be like you@yourcompany.com");
      }
      HttpUrl parsed = HttpUrl.parse(connector);
      if (parsed == null) {
        faults.add("connector is no http or https address, it must be like " + DEFAULT_CONNECTOR);
      } else if (!parsed.username().isEmpty()
          || !parsed.password().isEmpty()
          || parsed.query() != null
          || parsed.fragment() != null) {
        faults.add("connector must be an address without credentials, query or fragment");
      }
      if (webhookSecret.filter(String::isBlank).isPresent()) {
        faults.add("webhookSecret is blank, leave it out to have one made");
      }
      if (adminKey.filter(key -> !key.matches("[!-~]+")).isPresent()) {
        faults.add("adminKey must be one word of printable ASCII characters");
      }
      if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.toHours() > 0) {
        faults.add("timeout is %s, it must be between 1 ms and an hour".formatted(timeout));
      }
      if (parsed == null || !faults.isEmpty()) {
        throw new IllegalArgumentException("product registration: " + String.join("; ", faults));
      }
      return new ProductRegistration(this, withoutTrailingSlash(parsed));
    }

    private static HttpUrl withoutTrailingSlash(HttpUrl url) {
      int last = url.pathSize() - 1;
      return url.pathSegments().get(last).isEmpty()
          ? url.newBuilder().removePathSegment(last).build()
          : url;
    }
  }
}
