package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Builds an {@link AutoplaySource}. Not thread-safe. */
public final class AutoplaySourceBuilder {

  private static final int LEAST_MAX_EVENT_BYTES = 1024;
  private static final Duration LONGEST_SETTING = Duration.ofDays(1);

  private final String productId;
  private final String url;
  private final Supplier<String> token;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration silence = Duration.ofSeconds(75);
  private Duration firstBackoff = Duration.ofSeconds(1);
  private Duration longestBackoff = Duration.ofSeconds(30);
  private int maxEventBytes = 1 << 20;
  private OkHttpClient client = new OkHttpClient();
  private InstantSource clock = InstantSource.system();
  private RandomGenerator random = RandomGenerator.getDefault();
  private Sleeper sleeper = Sleeper.REAL;
  private ThreadFactory threads = this::daemon;

  AutoplaySourceBuilder(String productId, String url, Supplier<String> token) {
    this.productId = Objects.requireNonNull(productId, "productId");
    this.url = Objects.requireNonNull(url, "url");
    this.token = Objects.requireNonNull(token, "token");
  }

  /**
   * {@return this builder, with the time a connection may take to be made}
   *
   * @param connectTimeout default 10 seconds
   */
  public AutoplaySourceBuilder connectTimeout(Duration connectTimeout) {
    this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
    return this;
  }

  /**
   * {@return this builder, with the silence after which a stream counts as dead}
   *
   * @param silence the longest time without a byte; default 75 seconds, as heartbeats come every 30
   */
  public AutoplaySourceBuilder silence(Duration silence) {
    this.silence = Objects.requireNonNull(silence, "silence");
    return this;
  }

  /**
   * {@return this builder, with the waits between attempts}
   *
   * <p>Before each attempt the source waits a random time between zero and a ceiling, in addition
   * to what the server asks for (of which an hour at most is honoured).
   *
   * @param first the first ceiling; it doubles with each attempt that fails; default 1 second
   * @param longest the highest ceiling; default 30 seconds
   */
  public AutoplaySourceBuilder backoff(Duration first, Duration longest) {
    this.firstBackoff = Objects.requireNonNull(first, "first");
    this.longestBackoff = Objects.requireNonNull(longest, "longest");
    return this;
  }

  /**
   * {@return this builder, with the size of the largest event}
   *
   * @param maxEventBytes the longest line, and the largest event, in bytes; what is longer is
   *     dropped and counted, and the stream goes on; default 1 MiB, at least 1024
   */
  public AutoplaySourceBuilder maxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
    return this;
  }

  /**
   * {@return this builder, with an HTTP client to derive from}
   *
   * @param client carries the proxy, the trusted certificates and the like; its timeouts and
   *     connections are not used; default a new client
   */
  public AutoplaySourceBuilder client(OkHttpClient client) {
    this.client = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * {@return this builder, with the clock}
   *
   * @param clock this machine's time; default the system's
   */
  public AutoplaySourceBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * {@return this builder, with the randomness of the waits}
   *
   * @param random used by the source's thread alone
   */
  public AutoplaySourceBuilder random(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
    return this;
  }

  /**
   * {@return this builder, with the maker of the source's one thread}
   *
   * @param threads default: a daemon thread named after the product
   */
  public AutoplaySourceBuilder threads(ThreadFactory threads) {
    this.threads = Objects.requireNonNull(threads, "threads");
    return this;
  }

  AutoplaySourceBuilder sleeper(Sleeper sleeper) {
    this.sleeper = sleeper;
    return this;
  }

  /**
   * {@return the source, which was not started}
   *
   * @throws IllegalArgumentException naming every setting that is wrong, and what would be right
   */
  public AutoplaySource build() {
    List<String> faults = new ArrayList<>();
    if (productId.isBlank()) {
      faults.add("productId is blank, it must be the connector's product id");
    }
    HttpUrl parsed = HttpUrl.parse(url);
    if (parsed == null) {
      faults.add(
          "url is %s, it must be an http or https address like https://host/stream/prod_abc"
              .formatted(url.contains("@") ? "no address" : "'" + url + "'"));
    } else if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
      faults.add("url holds a user name or password, credentials go into the token alone");
    }
    check(faults, "connectTimeout", connectTimeout);
    check(faults, "silence", silence);
    check(faults, "backoff's first", firstBackoff);
    check(faults, "backoff's longest", longestBackoff);
    if (firstBackoff.compareTo(longestBackoff) > 0) {
      faults.add(
          "backoff's first is %s, it must not exceed its longest, %s"
              .formatted(firstBackoff, longestBackoff));
    }
    if (maxEventBytes < LEAST_MAX_EVENT_BYTES) {
      faults.add(
          "maxEventBytes is %d, it must be at least %d"
              .formatted(maxEventBytes, LEAST_MAX_EVENT_BYTES));
    }
    if (parsed == null || !faults.isEmpty()) {
      throw new IllegalArgumentException("autoplay source: " + String.join("; ", faults));
    }
    return new AutoplaySource(
        new AutoplayConfig(
            productId,
            parsed,
            token,
            connectTimeout,
            silence,
            firstBackoff,
            longestBackoff,
            maxEventBytes,
            client,
            clock,
            random,
            sleeper,
            threads));
  }

  private static void check(List<String> faults, String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST_SETTING) > 0) {
      faults.add("%s is %s, it must be between 1 ms and a day".formatted(name, value));
    }
  }

  private Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tourmaline-autoplay-" + productId);
    thread.setDaemon(true);
    return thread;
  }
}
