package dev.tourmaline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.CollidingIds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionKeyTest {

  /** The maps of the JDK and of Caffeine keep comparable keys of equal hash in trees. */
  @Test
  void keysOfEqualHashAreInOrder() {
    List<SessionKey> keys =
        CollidingIds.ofEqualHashCode(100).stream().map(id -> new SessionKey("p", id)).toList();

    assertThat(keys).extracting(SessionKey::hashCode).containsOnly(keys.get(0).hashCode());
    assertThat(keys.stream().sorted().map(SessionKey::sessionId))
        .isEqualTo(keys.stream().map(SessionKey::sessionId).sorted().toList());
  }

  @Test
  void theProductComesBeforeTheSession() {
    assertThat(Stream.of(key("q", "a"), key("p", "b"), key("p", "a")).sorted())
        .containsExactly(key("p", "a"), key("p", "b"), key("q", "a"));
    assertThat(key("p", "a")).isEqualByComparingTo(key("p", "a"));
  }

  private static SessionKey key(String product, String session) {
    return new SessionKey(product, session);
  }
}
