package dev.tourmaline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the benchmarks run on. */
final class Machine {

  private Machine() {}

  /** {@return it on one line} */
  static String line() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "%d processors (%s), %.0f GiB, %s %s, Java %s, load %.1f"
        .formatted(
            system.getAvailableProcessors(),
            system.getArch(),
            system.getTotalMemorySize() / Math.pow(2, 30),
            system.getName(),
            system.getVersion(),
            System.getProperty("java.version"),
            system.getSystemLoadAverage());
  }
}
