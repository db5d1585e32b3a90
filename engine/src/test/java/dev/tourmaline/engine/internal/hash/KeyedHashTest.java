package dev.tourmaline.engine.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedHashTest {

  private static final KeyedHash ZERO = new KeyedHash(0, 0);

  /** What CPython 3.11 answers for {@code hash} of these bytes with {@code PYTHONHASHSEED=0}. */
  @ParameterizedTest
  @CsvSource({
    "a, 4644417185603328019",
    "ab, 6148830537548944441",
    "abcdefgh, 4574395652268504554",
    "abcdefghi, -532774252720507163",
    "the quick brown fox jumps over the lazy dog, -9176553165463234003"
  })
  void isSipHashAsAnotherImplementationComputesIt(String text, long hash) {
    assertThat(ZERO.of(text)).isEqualTo(hash);
  }

  @Test
  void dependsOnBothHalvesOfItsKey() {
    KeyedHash keyed = new KeyedHash(0xaed6_6ce1_84be_2329L, 0xebe9_bbf1_f149_9052L);
    assertThat(keyed.of("a")).as("PYTHONHASHSEED=1").isEqualTo(-3012895188637184397L);
    assertThat(new KeyedHash(1, 0).of("a")).isNotEqualTo(ZERO.of("a"));
    assertThat(new KeyedHash(0, 1).of("a")).isNotEqualTo(ZERO.of("a"));
    assertThat(KeyedHash.random()).isNotEqualTo(KeyedHash.random());
  }

  @Property
  void aNumberGoesBeforeTheTextAsEightBytes(@ForAll long number, @ForAll String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] both =
        ByteBuffer.allocate(Long.BYTES + utf8.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(number)
            .put(utf8)
            .array();
    assertThat(ZERO.of(number, text)).isEqualTo(ZERO.of(both));
  }
}
