package dev.tourmaline.engine.user;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The SPI of user attributes: says what is known of a user, such as the plan he pays for, for the
 * audiences of rules. Thread-safe.
 *
 * <p>The engine asks when a user becomes known, remembers the answer for five minutes, and waits
 * for it just before a tour is delivered, a second at most. A decision never waits: what is not
 * known then matches no audience.
 */
@FunctionalInterface
public interface UserAttributes {

  /**
   * Looks a user up.
   *
   * @param user the user; never a session
   * @return completes with his attributes, texts, numbers and booleans by their names; without any
   *     if he is unknown. A stage that fails, or does not complete, leaves them unknown
   */
  CompletionStage<Map<String, Object>> of(UserKey user);
}
