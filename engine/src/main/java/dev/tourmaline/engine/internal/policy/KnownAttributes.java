package dev.tourmaline.engine.internal.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of users' attributes: what their tokens claim, which comes first, and what the SPI
 * has answered within five minutes. Nothing here waits. Thread-safe.
 */
public final class KnownAttributes {

  private static final Logger LOG = LoggerFactory.getLogger(KnownAttributes.class);

  private static final int USERS = 100_000;
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration CLAIMS_LAST = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final UserAttributes source;
  private final Cache<UserKey, CompletableFuture<Map<String, Object>>> answers =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(USERS)
          .expireAfterWrite(FRESH)
          .build();
  private final Cache<UserKey, Map<String, Object>> claims =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(USERS)
          .expireAfterWrite(CLAIMS_LAST)
          .build();

  public KnownAttributes(UserAttributes source) {
    this.source = source;
  }

  /** {@return attributes of nobody but whose token claims them} */
  public static KnownAttributes ofTokens() {
    return new KnownAttributes(user -> CompletableFuture.completedFuture(Map.of()));
  }

  /** Takes what a signed token claims of a user or a session. */
  public void claim(UserKey user, Map<String, Object> attributes) {
    claims.put(user, Map.copyOf(attributes));
  }

  /** Forgets what is known of a user. */
  public void forget(UserKey user) {
    answers.invalidate(user);
    claims.invalidate(user);
  }

  /** Asks for a user's, so that they are there once a rule wants to know. */
  public void lookUp(UserKey user) {
    answer(user);
  }

  private CompletableFuture<Map<String, Object>> answer(UserKey user) {
    return answers.get(user, this::ask);
  }

  private CompletableFuture<Map<String, Object>> ask(UserKey user) {
    CompletableFuture<Map<String, Object>> asked;
    try {
      asked = source.of(user).thenApply(Function.identity()).toCompletableFuture();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      asked = CompletableFuture.failedFuture(e);
    }
    asked.whenComplete(
        (attributes, failure) -> {
          if (failure != null) {
            LOG.warn("the attributes of a user could not be looked up: {}", failure.toString());
          }
        });
    return asked;
  }

  /** {@return what is known now} */
  Map<String, Object> of(SessionKey session, String userId) {
    Map<String, Object> known = new HashMap<>();
    if (!userId.isEmpty()) {
      UserKey user = UserKey.ofUser(session.productId(), userId);
      CompletableFuture<Map<String, Object>> answer = answer(user);
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        known.putAll(answer.join());
      }
      known.putAll(claimed(user));
    }
    known.putAll(claimed(UserKey.ofSession(session)));
    return known;
  }

  private Map<String, Object> claimed(UserKey user) {
    Map<String, Object> attributes = claims.getIfPresent(user);
    return attributes == null ? Map.of() : attributes;
  }

  /** {@return completes once a user's attributes are known, or a second has passed} */
  public CompletionStage<Void> awaitFor(SessionKey session, String userId) {
    if (userId.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    UserKey user = UserKey.ofUser(session.productId(), userId);
    CompletableFuture<Map<String, Object>> answer = answer(user);
    if (answer.isCompletedExceptionally()) {
      answers.invalidate(user);
    }
    return answer
        .copy()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .handle((attributes, failure) -> null);
  }
}
