package dev.tourmaline.engine.internal.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down comes back as it was, and what is damaged is called so. */
class SessionLogTest {

  private static final String ID = "0123abcd-ef45-6789-abcd-ef0123456789";

  private final SessionLog.Writer writer = new SessionLog.Writer();

  private SessionLog.Reader reader() {
    return new SessionLog.Reader(writer.toBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "u",
        "usr_0123456789ab",
        ID,
        "0123ABCD-EF45-6789-ABCD-EF0123456789",
        "0123abcd-ef45-6789-abcd-EF0123456789",
        "0123abcdef456789abcdef0123456789",
        "{0123abcd-ef45-6789-abcd-ef0123456789}",
        "0123abcd-ef45-6789-abcd-ef012345678",
        "0123abcd-ef45-6789-abcd-ef012345678g",
        "0123abcd-ef45-6789-abcd-ef012345678é",
        "0123abcd_ef45_6789_abcd_ef0123456789",
        "0123abcd-ef45-6789-abcd-ef01234-6789",
        "------------------------------------",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "Zürich",
        "利用者",
        "smile \uD83D\uDE00",
        "half \uD83D",
        "\uDE00\uD83D",
        "?",
        "\0"
      })
  void textComesBackAsItWasAndIsPassedOverInOnePiece(String text) {
    writer.text(text);
    writer.text(text);
    writer.count(7);
    SessionLog.Reader reader = reader();
    assertThat(reader.text()).isEqualTo(text);
    reader.skipText();
    assertThat(reader.count()).isEqualTo(7);
  }

  @Test
  void textOfAnyLengthComesBackAsItWas() {
    for (int length = 0; length < 400; length++) {
      writer.clear();
      writer.text("ü".repeat(length));
      writer.text("x".repeat(length));
      SessionLog.Reader reader = reader();
      assertThat(reader.text()).isEqualTo("ü".repeat(length));
      assertThat(reader.text()).isEqualTo("x".repeat(length));
    }
  }

  @Test
  void aUuidTakesSeventeenBytes() {
    writer.text(ID);
    assertThat(writer.toBytes()).hasSize(17);
    writer.clear();
    writer.text(ID.toUpperCase(java.util.Locale.ROOT));
    assertThat(writer.toBytes()).hasSize(37);
  }

  @Test
  void everyUuidComesBackAsItWas() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      writer.clear();
      writer.text(id);
      assertThat(reader().text()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        63,
        64,
        127,
        128,
        16_383,
        16_384,
        -1,
        -64,
        -65,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void numbersComeBackAsTheyWere(long value) {
    writer.number(value);
    writer.octet((int) value);
    writer.count(value);
    SessionLog.Reader reader = reader();
    assertThat(reader.number()).isEqualTo(value);
    assertThat(reader.octet()).isEqualTo((int) (value & 0xFF));
    assertThat(reader.count()).isEqualTo(value);
  }

  @Test
  void aCountBelowAHundredAndTwentyEightTakesOneByte() {
    writer.count(127);
    assertThat(writer.toBytes()).hasSize(1);
    writer.count(16_383);
    assertThat(writer.toBytes()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4, 1_000_000_000, Integer.MAX_VALUE, 1L << 32, -1, Long.MIN_VALUE})
  void aTextLongerThanItsLogIsDamageAndTakesNoMemory(long form) {
    writer.count(form);
    writer.count(form == 2 ? Integer.MAX_VALUE : 1);
    isDamaged(reader()::text);
    isDamaged(reader()::skipText);
  }

  @Test
  void aLogThatBreaksOffIsDamage() {
    writer.octet(0x80);
    isDamaged(reader()::count);
    writer.clear();
    isDamaged(reader()::octet);
    isDamaged(reader()::number);
    writer.octet(1);
    isDamaged(reader()::text);
    isDamaged(reader()::skipText);
  }

  @Test
  void aNumberOfMoreThanTenBytesIsDamage() {
    for (int i = 0; i < 20; i++) {
      writer.octet(0x80);
    }
    isDamaged(reader()::count);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 7, 1L << 32})
  void aPlaceOutsideItsTableIsDamage(long place) {
    isDamaged(() -> reader().index(place, 7));
  }

  private static void isDamaged(ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(DamagedLogException.class)
        .hasMessageMatching("the session's log is damaged: .+ at byte \\d+ of \\d+");
  }
}
