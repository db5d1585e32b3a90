package dev.tourmaline.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Collects what is wrong with one file, except within blocks that do not matter. Not thread-safe.
 */
final class Faults {

  private final List<ConfigFault> found = new ArrayList<>();

  private final Predicate<String> ignored;

  /**
   * Has none yet.
   *
   * @param ignored the paths of keys whose faults do not matter
   */
  Faults(Predicate<String> ignored) {
    this.ignored = ignored;
  }

  void add(int line, String path, String message) {
    if (!ignored.test(path)) {
      found.add(new ConfigFault(line, path, message));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** {@return the faults in order of the file} */
  List<ConfigFault> inOrder() {
    return found.stream().sorted(Comparator.comparingInt(ConfigFault::line)).toList();
  }
}
