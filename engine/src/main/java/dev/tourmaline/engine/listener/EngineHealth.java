package dev.tourmaline.engine.listener;

import java.util.List;

/**
 * Whether an engine's threads do their work now.
 *
 * @param dead names of threads that should run and do not
 * @param stuck names of lanes that have been in one task for seconds; sessions of other lanes are
 *     served
 * @param lostThreads threads given up since the start because a rule did not return; each may still
 *     burn a processor
 * @param lanes how many lanes there are
 */
public record EngineHealth(List<String> dead, List<String> stuck, int lostThreads, int lanes) {

  /**
   * {@return whether the process is worth keeping: no thread is dead, and fewer are lost than
   * lanes}
   */
  public boolean isLive() {
    return dead.isEmpty() && lostThreads < lanes;
  }

  /** {@return whether every session is served: it is live, and no lane is stuck} */
  public boolean isReady() {
    return isLive() && stuck.isEmpty();
  }

  @Override
  public String toString() {
    if (isReady()) {
      return lostThreads == 0 ? "healthy" : "healthy, threads lost to rules: " + lostThreads;
    }
    return "dead threads: %s; stuck lanes: %s; threads lost to rules: %d"
        .formatted(dead, stuck, lostThreads);
  }
}
