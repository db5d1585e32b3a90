package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.trigger.Offer;
import java.util.List;
import java.util.Optional;

/** The kill switches as they stand, in front of the store that keeps them. Thread-safe. */
public final class SwitchBoard {

  private final SwitchStore store;
  private volatile List<Switch> off;

  public SwitchBoard(SwitchStore store) {
    this.store = store;
    this.off = switchedOff(store);
  }

  private static List<Switch> switchedOff(SwitchStore store) {
    return store.all().stream().filter(one -> !one.on()).toList();
  }

  /** Sets a switch; in force once this returns. */
  public synchronized void set(Switch set) {
    store.set(set);
    off = switchedOff(store);
  }

  public List<Switch> all() {
    return store.all();
  }

  /** {@return the switch that holds an offer back; empty if none does} */
  Optional<Switch> against(Offer offer) {
    for (Switch one : off) {
      if (stops(one, offer)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static boolean stops(Switch one, Offer offer) {
    boolean ofProduct =
        one.productId().isEmpty() || one.productId().equals(offer.session().productId());
    return ofProduct
        && switch (one.scope()) {
          case EVERYTHING, PRODUCT -> true;
          case FLOW -> one.name().equals(offer.flowId());
          case RULE -> one.name().equals(offer.rule());
        };
  }
}
