package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.serial.DamagedLogException;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The bytes of what is remembered of a user. */
class UserRecordTest {

  private static final List<String> TEXTS =
      List.of("f", "", "tour_billing_help", "é\ud83d\ude00", "\ud800", "\u0000", "x".repeat(600));
  private static final List<String> SESSIONS =
      List.of("s", "ps_1", "0b9bd5d4-6b1a-4f4c-9d1e-1b2c3d4e5f60", "\ud800", "é".repeat(500));
  private static final long[] TIMES = {
    0, 1_772_359_200_000L, 1_772_359_200_001L, -62_135_596_800_000L, 253_402_300_799_999L
  };

  @Provide
  Arbitrary<UserTours> users() {
    return Arbitraries.randomValue(UserRecordTest::user);
  }

  private static UserTours user(Random random) {
    UserTours tours = new UserTours();
    tours.optedOut = random.nextBoolean();
    tours.seed = random.nextInt(3) == 0 ? 0 : random.nextLong();
    tours.seededAt = tours.seed == 0 ? Instant.MAX : time(random);
    if (random.nextBoolean()) {
      tours.vouched = new LinkedHashSet<>();
      for (int left = 1 + random.nextInt(16); left > 0; left--) {
        tours.vouched.add(new Fingerprint(random.nextLong(), random.nextLong()));
      }
    }
    for (int left = random.nextInt(6); left > 0; left--) {
      tours.slots.add(slot(random));
    }
    for (int left = random.nextInt(6); left > 0; left--) {
      tours.answers.add(
          new Answer(
              any(List.of(Answer.Kind.values()), random),
              any(TEXTS, random),
              new SessionKey("p", any(SESSIONS, random)),
              random.nextBoolean(),
              time(random),
              time(random)));
    }
    return tours;
  }

  private static Slot slot(Random random) {
    Slot slot =
        new Slot(
            any(TEXTS, random),
            any(TEXTS, random),
            new SessionKey("p", any(SESSIONS, random)),
            time(random));
    slot.lastReport = time(random);
    slot.vouched = random.nextBoolean();
    slot.virtual = random.nextBoolean();
    slot.released = random.nextBoolean();
    slot.forced = random.nextBoolean();
    slot.followUp = random.nextBoolean();
    slot.invited = random.nextBoolean();
    slot.shown = random.nextBoolean();
    slot.confirmed = random.nextBoolean();
    slot.reported = random.nextBoolean();
    slot.over = random.nextBoolean();
    slot.end = random.nextBoolean() ? null : any(List.of(Outcome.values()), random);
    return slot;
  }

  private static <T> T any(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static Instant time(Random random) {
    return Instant.ofEpochMilli(TIMES[random.nextInt(TIMES.length)]);
  }

  @Property(tries = 200, seed = "20260301")
  void whatIsWrittenIsReadAsItWas(@ForAll("users") UserTours tours) {
    byte[] bytes = UserRecord.write(tours);

    UserTours read = UserRecord.read("p", bytes);

    assertThat(UserRecord.write(read)).isEqualTo(bytes);
    assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(tours);
  }

  @Property(tries = 1_000, seed = "20260301")
  void damagedBytesAreSaidToBeDamagedAndNothingElse(
      @ForAll("users") UserTours tours, @ForAll Random random) {
    byte[] damaged = damaged(UserRecord.write(tours), random);
    UserTours read;
    try {
      read = UserRecord.read("p", damaged);
    } catch (DamagedLogException e) {
      return;
    }
    // What cannot be told from a record is one: it is written, and takes no more room.
    assertThat(UserRecord.write(read)).hasSizeLessThan(2 * damaged.length + 100);
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    List<Byte> damaged = new ArrayList<>();
    for (byte one : bytes) {
      damaged.add(one);
    }
    for (int left = 1 + random.nextInt(4); left > 0 && !damaged.isEmpty(); left--) {
      int at = random.nextInt(damaged.size());
      switch (random.nextInt(4)) {
        case 0 -> damaged.set(at, (byte) random.nextInt());
        case 1 -> damaged.add(at, (byte) random.nextInt());
        case 2 -> damaged.remove(at);
        default -> damaged = new ArrayList<>(damaged.subList(0, at));
      }
    }
    byte[] result = new byte[damaged.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = damaged.get(i);
    }
    return result;
  }
}
