package dev.tourmaline.benchmarks.measure;

import java.lang.management.ManagementFactory;

/** The heap in use once everything unreachable is gone. */
public final class Heap {

  private Heap() {}

  /** {@return the bytes in use after full collections} */
  public static long used() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Stopwatch.pause(0.1);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
