package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of a rule in the logs of sessions: 64 bits of a SHA-256 of its name, its patterns
 * and the texts it reads, equal in every process. What a rule has matched stays with it as long as
 * these are the same, wherever it stands.
 */
final class RuleIdentity {

  private RuleIdentity() {}

  static long of(RuleDefinition rule) {
    MessageDigest digest = sha256();
    add(digest, rule.name());
    for (PatternText pattern : rule.patterns()) {
      add(digest, pattern.factType());
      pattern.constraints().forEach(constraint -> add(digest, constraint));
      add(digest, pattern.negated() ? "not" : "");
      add(digest, pattern.binding());
      add(digest, pattern.extra());
      add(digest, Integer.toString(pattern.reads()));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
