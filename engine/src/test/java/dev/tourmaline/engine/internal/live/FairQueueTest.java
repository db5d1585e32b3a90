package dev.tourmaline.engine.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private final FairQueue<String> queue = new FairQueue<>(10);

  private List<String> drained() throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (Optional<String> next = queue.poll(0); next.isPresent(); next = queue.poll(0)) {
      all.add(next.get());
      queue.done(next.get().substring(0, 1));
    }
    return all;
  }

  private int offer(String product, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += queue.offer(product, product + i) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void productsTakeTurnsAndEachKeepsItsOrder() throws Exception {
    offer("a", 4);
    offer("b", 1);
    offer("c", 2);
    assertThat(drained()).containsExactly("a0", "b0", "c0", "a1", "c1", "a2", "a3");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aProductWhoseElementIsNotDoneKeepsNoOtherWaiting() throws Exception {
    offer("a", 2);
    assertThat(queue.poll(0)).hasValue("a0");
    offer("b", 2);
    assertThat(queue.poll(0)).hasValue("b0");
    queue.done("b");
    assertThat(queue.poll(0)).hasValue("b1");
    queue.done("b");
    assertThat(queue.poll(0)).as("a's first is not done").isEmpty();
    assertThat(queue.isEmpty()).isFalse();
    queue.putBack("a", "a0 again");
    assertThat(drained()).containsExactly("a0 again", "a1");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void oneProductAloneMayFillAllTheRoom() {
    assertThat(offer("a", 20)).isEqualTo(10);
  }

  @Test
  void aProductThatFillsTheRoomLeavesAnotherItsShare() throws Exception {
    assertThat(offer("a", 20)).isEqualTo(10);
    assertThat(offer("b", 20)).isEqualTo(5);
    assertThat(offer("c", 20)).isEqualTo(3);
    assertThat(offer("a", 1)).as("beyond its share").isZero();
    assertThat(drained()).hasSize(18);
    assertThat(offer("a", 20)).isEqualTo(10);
  }

  @Test
  void whatHundredProductsHoldIsBounded() {
    int all = 0;
    FairQueue<String> large = new FairQueue<>(1_000);
    for (int product = 0; product < 100; product++) {
      for (int i = 0; i < 2_000; i++) {
        all += large.offer("p" + product, "") ? 1 : 0;
      }
    }
    assertThat(all).isLessThan(5_700);
  }
}
