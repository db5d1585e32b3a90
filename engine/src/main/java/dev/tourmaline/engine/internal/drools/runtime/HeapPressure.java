package dev.tourmaline.engine.internal.drools.runtime;

/**
 * Tells a process that has run out of memory from a rule that has asked for too much of it at once,
 * which is a failure of that rule.
 */
final class HeapPressure {

  /** So much of the heap, one part in so many, is free at least after a rule's own failure. */
  private static final long RESERVE = 20;

  private HeapPressure() {}

  static void rethrowIfReal(Throwable cause) {
    if (cause instanceof OutOfMemoryError exhausted && freeBytes() < mostBytes() / RESERVE) {
      throw exhausted;
    }
  }

  private static long mostBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  private static long freeBytes() {
    Runtime runtime = Runtime.getRuntime();
    return mostBytes() - runtime.totalMemory() + runtime.freeMemory();
  }
}
