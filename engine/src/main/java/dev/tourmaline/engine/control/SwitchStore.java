package dev.tourmaline.engine.control;

import java.util.List;

/** The SPI that keeps switches, so that what was switched off stays off. Thread-safe. */
public interface SwitchStore {

  /** {@return how every switch that was ever set stands} */
  List<Switch> all();

  /**
   * Keeps a switch in place of the one that {@linkplain Switch#isOfSame switches the same}.
   *
   * @param set the switch
   */
  void set(Switch set);

  /** {@return a store that lasts as long as the process} */
  static SwitchStore inMemory() {
    return new InMemorySwitches();
  }
}
