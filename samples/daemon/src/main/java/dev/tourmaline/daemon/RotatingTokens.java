package dev.tourmaline.daemon;

import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.daemon.config.Secret;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session tokens of secrets that may change while the daemon runs. A secret that has become
 * unusable leaves the tokens as they were. Thread-safe.
 */
final class RotatingTokens implements Supplier<SessionTokens> {

  private static final Logger log = LoggerFactory.getLogger(RotatingTokens.class);

  private final List<Secret> secrets;
  private List<String> known;
  private SessionTokens tokens;

  RotatingTokens(List<Secret> secrets) {
    this.secrets = secrets;
    this.known = current();
    this.tokens = tokens(known);
  }

  @Override
  public synchronized SessionTokens get() {
    List<String> now = current();
    if (!now.equals(known)) {
      known = now;
      try {
        tokens = tokens(now);
        log.info("session secrets have changed; tokens are now verified with the new ones");
      } catch (IllegalArgumentException e) {
        log.warn("session secrets have changed and cannot be used: {}", e.getMessage());
      }
    }
    return tokens;
  }

  private List<String> current() {
    return secrets.stream().map(Secret::get).toList();
  }

  private static SessionTokens tokens(List<String> secrets) {
    SessionTokens.Builder builder = SessionTokens.builder();
    secrets.forEach(builder::secret);
    return builder.build();
  }
}
