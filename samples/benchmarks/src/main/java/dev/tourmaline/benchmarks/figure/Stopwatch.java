package dev.tourmaline.benchmarks.figure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** Measures elapsed time and the processor time that this process took meanwhile. */
final class Stopwatch {

  static final double SECOND = 1e9;

  static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long began = nanos();
  private final long cpuBegan = SYSTEM.getProcessCpuTime();

  static long nanos() {
    return System.nanoTime();
  }

  double seconds() {
    return (nanos() - began) / SECOND;
  }

  double cpuSeconds() {
    return (SYSTEM.getProcessCpuTime() - cpuBegan) / SECOND;
  }

  static void waitUntil(long nanos) {
    for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
      LockSupport.parkNanos(left);
    }
  }

  static void pause(double seconds) {
    waitUntil(nanos() + (long) (seconds * SECOND));
  }
}
