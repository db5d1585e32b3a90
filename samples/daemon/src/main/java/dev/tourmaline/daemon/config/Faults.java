package dev.tourmaline.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Not thread-safe. */
final class Faults {

  private final List<ConfigFault> found = new ArrayList<>();

  void add(int line, String path, String message) {
    found.add(new ConfigFault(line, path, message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** {@return the faults in order of the file} */
  List<ConfigFault> inOrder() {
    return found.stream().sorted(Comparator.comparingInt(ConfigFault::line)).toList();
  }
}
