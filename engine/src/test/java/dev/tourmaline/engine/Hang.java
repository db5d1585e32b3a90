package dev.tourmaline.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a rule of a test calls and does not come back from, deaf to interrupts, until it may. */
public final class Hang {

  private static final AtomicReference<Object> NOW = new AtomicReference<>();
  private static final AtomicInteger INSIDE = new AtomicInteger();

  private Hang() {}

  static void begin() {
    NOW.set(new Object());
  }

  static void end() {
    NOW.set(null);
  }

  static int inside() {
    return INSIDE.get();
  }

  /** Called by the rule; returns at once for another session than the one that is to hang. */
  public static boolean on(String hanging, String session) {
    Object episode = NOW.get();
    if (episode != null && session.equals(hanging)) {
      INSIDE.incrementAndGet();
      try {
        while (NOW.get() == episode) {
          Thread.onSpinWait();
        }
      } finally {
        INSIDE.decrementAndGet();
      }
    }
    return true;
  }
}
