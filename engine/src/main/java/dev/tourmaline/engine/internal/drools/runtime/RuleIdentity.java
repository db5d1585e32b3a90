package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.hash.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The identity of a rule in the logs of sessions: 64 bits of a SHA-256 of its name, its patterns
 * and the texts it reads, equal in every process. What a rule has matched stays with it as long as
 * these are the same, wherever it stands.
 */
final class RuleIdentity {

  private RuleIdentity() {}

  static long of(RuleDefinition rule) {
    MessageDigest digest = Sha256.digest();
    Sha256.update(digest, rule.name());
    for (PatternText pattern : rule.patterns()) {
      Sha256.update(digest, pattern.factType());
      pattern.constraints().forEach(constraint -> Sha256.update(digest, constraint));
      Sha256.update(digest, pattern.negated() ? "not" : "");
      Sha256.update(digest, pattern.binding());
      Sha256.update(digest, pattern.extra());
      Sha256.update(digest, Integer.toString(pattern.reads()));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
