package dev.tourmaline.engine.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Switches that last as long as the process. Thread-safe. */
final class InMemorySwitches implements SwitchStore {

  private final List<Switch> switches = new CopyOnWriteArrayList<>();

  @Override
  public List<Switch> all() {
    return List.copyOf(switches);
  }

  @Override
  public synchronized void set(Switch set) {
    switches.removeIf(set::isOfSame);
    switches.add(set);
  }
}
