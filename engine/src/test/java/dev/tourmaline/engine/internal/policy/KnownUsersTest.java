package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
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
    for (int i = 90_000; i < 100_000; i++) {
      assertThat(known.of(session(i))).contains(user(i));
    }
    for (int i = 0; i < 60_000; i++) {
      assertThat(known.of(session(i))).isEmpty();
    }
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
