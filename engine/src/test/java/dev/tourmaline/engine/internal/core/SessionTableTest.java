package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.CollidingIds;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTableTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void answersAsAMapDoesWhateverIsPutAndRemoved(long seed) {
    Random random = new Random(seed);
    SessionTable table = new SessionTable();
    Map<SessionKey, SessionEntry> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      SessionKey key = new SessionKey("p" + random.nextInt(2), "s" + random.nextInt(600));
      if (random.nextInt(5) < 3) {
        SessionEntry resident = asleep(key);
        table.put(key, resident);
        map.put(key, resident);
      } else {
        table.remove(key);
        map.remove(key);
      }
      SessionKey asked = new SessionKey("p" + random.nextInt(2), "s" + random.nextInt(600));
      assertThat(table.get(asked)).isSameAs(map.get(asked));
      assertThat(table.size()).isEqualTo(map.size());
    }
    Map<SessionKey, SessionEntry> seen = new HashMap<>();
    table.forEach(resident -> seen.put(resident.key(), resident));
    assertThat(seen).isEqualTo(map);
    table.clear();
    assertThat(table.size()).isZero();
  }

  @Test
  void idsOfEqualHashCodeCostNoMoreProbesThanOthers() {
    SessionTable table = new SessionTable();
    List<SessionKey> keys = new ArrayList<>();
    for (String id : CollidingIds.ofEqualHashCode(8_000)) {
      keys.add(new SessionKey("p", id));
      keys.add(new SessionKey(id, "s"));
    }
    keys.forEach(key -> table.put(key, asleep(key)));

    // Linear probing at a load of two thirds: two on average for a hit, in expectation.
    IntSummaryStatistics probes = keys.stream().mapToInt(table::probes).summaryStatistics();
    assertThat(probes.getAverage()).isLessThan(4);
    assertThat(probes.getMax()).isLessThan(400);
  }

  private static SessionEntry asleep(SessionKey key) {
    SessionLog.Writer log = new SessionLog.Writer();
    log.octet(SessionHeader.VERSION);
    log.text(key.productId());
    log.text(key.sessionId());
    return new SleepingSession(log.toBytes());
  }
}
