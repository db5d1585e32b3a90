package dev.tourmaline.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** Measures elapsed time and the processor time that this process took meanwhile. */
public final class Stopwatch {

  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private long began = nanos();
  private long cpuBegan = SYSTEM.getProcessCpuTime();

  private Stopwatch() {}

  /** {@return a stopwatch that runs from now on} */
  public static Stopwatch started() {
    return new Stopwatch();
  }

  /** {@return a time in nanoseconds that only differences make sense of} */
  public static long nanos() {
    return System.nanoTime();
  }

  /** Begins anew. */
  public void restart() {
    began = nanos();
    cpuBegan = SYSTEM.getProcessCpuTime();
  }

  /** {@return the seconds since the start} */
  public double seconds() {
    return (nanos() - began) / NANOS;
  }

  /** {@return the seconds of processor time of this process since the start} */
  public double cpuSeconds() {
    return (SYSTEM.getProcessCpuTime() - cpuBegan) / NANOS;
  }

  /**
   * Waits until a time has come.
   *
   * @param nanos as of {@link #nanos()}
   */
  public static void waitUntil(long nanos) {
    for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Waits.
   *
   * @param seconds how long
   */
  public static void pause(double seconds) {
    waitUntil(nanos() + (long) (seconds * NANOS));
  }
}
