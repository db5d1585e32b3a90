package dev.tourmaline.engine.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TextPoolTest {

  private final TextPool pool = new TextPool();

  @Test
  void givesTheSameStringFromTheSecondReadingOn() {
    String first = text("Page Load: Dashboard");
    String second = text("Page Load: Dashboard");

    assertThat(second).as("what is seen once takes no memory").isNotSameAs(first);
    assertThat(text("Page Load: Dashboard")).isSameAs(second);
  }

  @Test
  void keepsNoLongText() {
    String longText = "x".repeat(257);
    text(longText);

    assertThat(text(longText)).isEqualTo(longText).isNotSameAs(text(longText));
  }

  @Test
  void tellsTextsApartThatShareASlot() {
    String one = "/settings/0123456789/abcdefghijklmnop/x";
    String other = "/settings/0123456789/abcdxfghijklmnop/x";

    for (int i = 0; i < 10; i++) {
      assertThat(text(one)).isEqualTo(one);
      assertThat(text(other)).isEqualTo(other);
    }
  }

  @Test
  void readsRightWhileThreadsShareIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        long seed = t;
        all.add(threads.submit(() -> readsRight(new Random(seed))));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean readsRight(Random random) {
    boolean right = true;
    for (int i = 0; i < 100_000; i++) {
      String text = "/".repeat(random.nextInt(3)) + "page/" + random.nextInt(20_000);
      right &= text(text).equals(text);
    }
    return right;
  }

  private String text(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    int hash = TextPool.hash(bytes, 1, bytes.length - 1);
    String known = pool.find(bytes, 1, bytes.length - 1, hash);
    if (known != null) {
      return known;
    }
    String own = new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8);
    pool.offer(bytes, 1, bytes.length - 1, hash, own);
    return own;
  }
}
