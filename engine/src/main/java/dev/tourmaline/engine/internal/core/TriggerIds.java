package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.hash.Sha256;
import dev.tourmaline.engine.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Deterministic trigger ids, the idempotency keys of the way out: the same match, evaluated again
 * here or elsewhere, has the same id. A truncated SHA-256. Not thread-safe.
 */
public final class TriggerIds {

  private static final int BYTES = 15;

  private final MessageDigest digest = Sha256.digest();

  public TriggerIds() {}

  /** {@return the id of a match: 20 characters of A-Z, a-z, 0-9, - and _} */
  public String of(SessionKey session, String rule, String flowId, String match) {
    for (String part :
        new String[] {session.productId(), session.sessionId(), rule, flowId, match}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    byte[] hash = digest.digest();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
  }
}
