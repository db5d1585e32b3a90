package dev.tourmaline.engine.listener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an engine's threads do their work now.
 *
 * @param dead names of threads that should run and do not
 * @param stuck names of lanes that have been in one task for seconds; sessions of other lanes are
 *     served
 * @param lostThreads threads given up since the start because a rule did not return; each may still
 *     burn a processor
 * @param lanes how many lanes there are
 * @param hindered tenants that are not fully served, each with why: a fault of one tenant makes the
 *     engine neither dead nor unready, for the others are served. Of an engine with tenants, {@code
 *     stuck} is empty unless all are stuck, {@code lostThreads} are those that still run, and
 *     {@code lanes} is how many all tenants together may lose
 */
public record EngineHealth(
    List<String> dead,
    List<String> stuck,
    int lostThreads,
    int lanes,
    Map<String, String> hindered) {

  /**
   * The health of an engine, which may have tenants.
   *
   * @param dead names of threads that should run and do not
   * @param stuck names of lanes that have been in one task for seconds
   * @param lostThreads threads given up because a rule did not return
   * @param lanes how many threads may be lost
   * @param hindered tenants that are not fully served, each with why
   */
  public EngineHealth {
    dead = List.copyOf(dead);
    stuck = List.copyOf(stuck);
    hindered = Collections.unmodifiableMap(new LinkedHashMap<>(hindered));
  }

  /**
   * The health of an engine without tenants.
   *
   * @param dead names of threads that should run and do not
   * @param stuck names of lanes that have been in one task for seconds
   * @param lostThreads threads given up since the start because a rule did not return
   * @param lanes how many lanes there are
   */
  public EngineHealth(List<String> dead, List<String> stuck, int lostThreads, int lanes) {
    this(dead, stuck, lostThreads, lanes, Map.of());
  }

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
      return "healthy"
          + (lostThreads == 0 ? "" : ", threads lost to rules: " + lostThreads)
          + (hindered.isEmpty() ? "" : ", but not for " + hindered);
    }
    return "dead threads: %s; stuck lanes: %s; threads lost to rules: %d"
        .formatted(dead, stuck, lostThreads);
  }
}
