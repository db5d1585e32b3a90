package dev.tourmaline.engine.internal.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The threads of a product's lanes that were given up because a rule did not return, and how many
 * may run on before the product's rules are suspended: each may burn a processor until it ends, if
 * it ever does. Thread-safe.
 */
final class LostThreads {

  private static final int LEAST = 2;

  private final List<LaneWorker> lost = new CopyOnWriteArrayList<>();
  private final int most;

  /**
   * Has lost none.
   *
   * @param lanes how many lanes the product has; as many threads it may lose, or two
   */
  LostThreads(int lanes) {
    this.most = Math.max(LEAST, lanes);
  }

  /** {@return how many may run on} */
  int most() {
    return most;
  }

  void add(LaneWorker worker) {
    lost.removeIf(ended -> !ended.isAlive());
    lost.add(worker);
  }

  /** {@return how many have not come back until now} */
  int running() {
    return (int) lost.stream().filter(LaneWorker::isAlive).count();
  }

  /** {@return whether no rule of the product may run} */
  boolean areTooMany() {
    return running() >= most;
  }
}
