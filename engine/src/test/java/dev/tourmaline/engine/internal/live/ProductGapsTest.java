package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.history.CoverageGaps;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductGapsTest {

  private final ProductGaps gaps = new ProductGaps();

  @Test
  void madeUpProductsFillNoMemory() {
    Set<CoverageGaps> apart = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 50_000; i++) {
      apart.add(gaps.of("made-up-" + i));
    }
    assertThat(apart).hasSize(ProductGaps.MOST_PRODUCTS + 1);
  }

  @Test
  void aProductKeepsItsOwnAmongManyOthers() {
    CoverageGaps first = gaps.of("first");
    CoverageGaps carried = gaps.carried("carried");
    for (int i = 0; i < 50_000; i++) {
      gaps.of("made-up-" + i);
    }
    assertThat(gaps.of("first")).isSameAs(first);
    assertThat(gaps.of("carried")).isSameAs(carried).isNotSameAs(gaps.of("another"));
  }

  @Test
  void aProductOfASourceHasItsOwnEvenIfThereAreMany() {
    for (int i = 0; i < 50_000; i++) {
      gaps.of("made-up-" + i);
    }
    CoverageGaps carried = gaps.carried("carried");
    assertThat(gaps.of("carried")).isSameAs(carried).isNotSameAs(gaps.of("another"));
  }
}
