package dev.tourmaline.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a rule of a test stands before. */
public final class RuleLatch {

  private static volatile CountDownLatch shut = new CountDownLatch(0);
  private static volatile CountDownLatch reached = new CountDownLatch(1);

  private RuleLatch() {}

  static void shut() {
    shut = new CountDownLatch(1);
    reached = new CountDownLatch(1);
  }

  static void open() {
    shut.countDown();
  }

  static void awaitSomebody() throws InterruptedException {
    if (!reached.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody came to the gate");
    }
  }

  /** Called by the rule. */
  public static void pass() {
    reached.countDown();
    try {
      shut.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same, for a condition. */
  public static boolean lets(String whom) {
    pass();
    return !whom.isEmpty();
  }
}
