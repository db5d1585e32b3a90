package dev.tourmaline.engine.internal.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.internal.effect.Enrolment.State;
import dev.tourmaline.engine.user.Pseudonym;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The tables of users against maps, with keys that differ in high bits alone. */
class ObservedUsersPropertyTest {

  /** A user in an experiment. */
  private record Key(Pseudonym user, int experiment) {}

  private static Key key(Random random) {
    return new Key(
        new Pseudonym((long) random.nextInt(6) << 61, (long) random.nextInt(4) << 62),
        random.nextInt(3) * 2_047);
  }

  @Property(tries = 300)
  void whoWaitsIsFoundAndComesOutInOrderOfTime(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Key, Long> plain = new HashMap<>();
    WaitingUsers users = new WaitingUsers();
    for (int i = 0; i < 200; i++) {
      Key key = key(random);
      int entry = users.find(key.user(), key.experiment());
      assertThat(entry != WaitingUsers.NONE).isEqualTo(plain.containsKey(key));
      assertThat(users.contains(key.user()))
          .isEqualTo(plain.keySet().stream().anyMatch(each -> each.user().equals(key.user())));
      if (entry == WaitingUsers.NONE) {
        if (users.isFull() || random.nextInt(9) == 0) {
          users = users.resized();
        }
        long due = random.nextInt(40) - 20 + (random.nextBoolean() ? 0 : 1L << 42);
        users.add(key.user(), key.experiment(), due, Arm.HELD_OUT, 15, Enrolment.NEVER);
        plain.put(key, due);
      } else {
        assertThat(users.due(entry)).isEqualTo(plain.get(key));
        assertThat(users.share(entry)).isEqualTo(15);
        assertThat(users.arm(entry)).isEqualTo(Arm.HELD_OUT);
        users.reached(entry, (1L << 32) - 2);
        assertThat(users.untilReached(entry)).isEqualTo((1L << 32) - 2);
        users.remove(entry);
        plain.remove(key);
      }
      assertThat(users.size()).isEqualTo(plain.size());
    }
    users = users.without(2_047);
    plain.keySet().removeIf(each -> each.experiment() == 2_047);
    List<Long> dues = new ArrayList<>();
    for (int first = users.dueBefore(Long.MAX_VALUE);
        first != WaitingUsers.NONE;
        first = users.dueBefore(Long.MAX_VALUE)) {
      dues.add(users.due(first));
      users.remove(first);
    }
    assertThat(dues).containsExactlyElementsOf(plain.values().stream().sorted().toList());
  }

  @Property(tries = 300)
  void whoIsSettledIsFoundAsHeWasPut(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Key, Enrolment> plain = new HashMap<>();
    SettledUsers users = new SettledUsers();
    for (int i = 0; i < 300; i++) {
      Key key = key(random);
      long hash = SettledUsers.key(key.user(), key.experiment());
      assertThat(users.facts(hash) != 0).isEqualTo(plain.containsKey(key));
      if (plain.containsKey(key) && random.nextBoolean()) {
        assertThat(SettledUsers.enrolment(users.facts(hash))).isEqualTo(plain.remove(key));
        users.remove(hash);
      } else {
        Enrolment enrolment = settled(random);
        users.put(hash, key.experiment(), enrolment);
        plain.put(key, enrolment);
      }
      assertThat(users.size()).isEqualTo(plain.size());
    }
    users.removeAll(2_047);
    plain.keySet().removeIf(each -> each.experiment() == 2_047);
    assertThat(users.size()).isEqualTo(plain.size());
  }

  private static Enrolment settled(Random random) {
    long at = (random.nextInt(2_000_001) - 1_000_000) * 1_000L;
    return new Enrolment(
        State.values()[1 + random.nextInt(3)],
        Arm.values()[random.nextInt(2)],
        at,
        random.nextBoolean() ? at : Enrolment.NEVER,
        random.nextInt(256));
  }
}
