package dev.tourmaline.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong with one file, except within blocks that do not matter. Not thread-safe.
 */
final class Faults {

  private final List<ConfigFault> found = new ArrayList<>();

  private final Set<String> ignoredBlocks;

  /** */
  Faults(Set<String> ignoredBlocks) {
    this.ignoredBlocks = ignoredBlocks;
  }

  void add(int line, String path, String message) {
    if (!ignoredBlocks.contains(path.split("[.\\[]", 2)[0])) {
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
