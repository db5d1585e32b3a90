package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose session it was. */
class KnownUsersTest {

  private static Fingerprint session(int number) {
    return Fingerprint.ofSession(new SessionKey("p", "s" + number));
  }

  private static Fingerprint user(int number) {
    return Fingerprint.ofUser("p", "u" + number);
  }

  @Test
  void answersAsAMapDoesWhileThereIsRoom() {
    KnownUsers known = new KnownUsers(20_000);
    Map<Fingerprint, Fingerprint> map = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 40_000; i++) {
      Fingerprint session = session(random.nextInt(20_000));
      Fingerprint user = user(random.nextInt(1_000));
      known.note(session, user);
      map.put(session, user);
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(known.of(session(i)).orElse(null)).isEqualTo(map.get(session(i)));
    }
  }

  @Test
  void thoseNotedLastStayAndThoseLongAgoGo() {
    KnownUsers known = new KnownUsers(10_000);
    for (int i = 0; i < 100_000; i++) {
      known.note(session(i), user(i));
    }
    // Which stripe an id falls into is random: wide of what is promised.
    for (int i = 93_000; i < 100_000; i++) {
      assertThat(known.of(session(i))).contains(user(i));
    }
    for (int i = 0; i < 40_000; i++) {
      assertThat(known.of(session(i))).isEmpty();
    }
  }

  /** Whoever tried a few hundred ids a piece could fill one stripe, were the hash not keyed. */
  @Test
  void idsSearchedForByAPlainHashAreSpreadAllTheSame() throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Set<Long> stripes = new HashSet<>();
    int found = 0;
    for (int i = 0; found < 300; i++) {
      ByteBuffer plain = ByteBuffer.allocate(4 + 2 * ("sps" + i).length()).putInt(1);
      ("sps" + i).chars().forEach(c -> plain.putChar((char) c));
      if (sha256.digest(plain.array())[15] == 0) {
        found++;
        stripes.add(session(i).low() & 0xFF);
      }
    }
    assertThat(stripes).hasSizeGreaterThan(100);
  }

  @Test
  void whatDiffersInAnyPartIsNotTheSame() {
    assertThat(Fingerprint.ofUser("p", "1")).isEqualTo(Fingerprint.ofUser("p", "1"));
    assertThat(Fingerprint.ofUser("p", "1"))
        .isNotEqualTo(Fingerprint.ofSession(new SessionKey("p", "1")));
    assertThat(Fingerprint.ofUser("p1", "")).isNotEqualTo(Fingerprint.ofUser("p", "1"));
    assertThat(Fingerprint.ofUser("p", "\uD83D")).isNotEqualTo(Fingerprint.ofUser("p", "\uD83E"));
  }
}
