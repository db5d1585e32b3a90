package dev.tourmaline.engine.internal.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.user.Objections;
import java.time.Duration;

/**
 * The filter of what comes in by those who have objected: the events that name such a user, and the
 * later ones of the same session that name nobody, or until they name another. Thread-safe.
 */
public final class Objectors {

  private static final int SESSIONS = 100_000;
  private static final Duration SESSIONS_LAST = Duration.ofDays(1);

  private final Objections objections;
  private final Cache<SessionKey, Boolean> sessions =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(SESSIONS)
          .expireAfterAccess(SESSIONS_LAST)
          .build();

  /** Spares the other sessions a look while nobody has objected. */
  private volatile boolean any;

  public Objectors(Objections objections) {
    this.objections = objections;
  }

  /** {@return those of a replay, which takes what was recorded as it is} */
  public static Objectors nobody() {
    return new Objectors(Objections.inMemory());
  }

  /** {@return whether an event must be dropped} */
  public boolean object(String productId, String sessionId, String userId) {
    if (!userId.isEmpty()) {
      if (objections.contains(productId, userId)) {
        any = true;
        sessions.put(new SessionKey(productId, sessionId), true);
        return true;
      }
      if (any) {
        sessions.invalidate(new SessionKey(productId, sessionId));
      }
      return false;
    }
    return any && sessions.getIfPresent(new SessionKey(productId, sessionId)) != null;
  }

  /** {@return whether a user has objected} */
  public boolean contains(String productId, String userId) {
    return !userId.isEmpty() && objections.contains(productId, userId);
  }

  public void set(String productId, String userId, boolean objects) {
    objections.set(productId, userId, objects);
    if (!objects) {
      sessions.invalidateAll();
    }
  }
}
