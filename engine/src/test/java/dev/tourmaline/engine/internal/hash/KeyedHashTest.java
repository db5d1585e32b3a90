package dev.tourmaline.engine.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
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
  void textsAreToldApartWhereverTheyAreCut(
      @ForAll @StringLength(max = 20) @AlphaChars String text, @ForAll @IntRange(max = 20) int at) {
    int cut = Math.min(at, text.length());
    long parted = ZERO.of(1, text.substring(0, cut), text.substring(cut));
    assertThat(parted).isNotEqualTo(ZERO.of(2, text.substring(0, cut), text.substring(cut)));
    if (cut > 0) {
      assertThat(parted).isNotEqualTo(ZERO.of(1, "", text));
    }
  }
}
