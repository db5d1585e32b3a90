package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.internal.live.SystemThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;

/** The threads of a replay. */
public final class ReplayThreads {

  private ReplayThreads() {}

  /** {@return a thread for each lane} */
  public static ThreadPoolExecutor forLanes(int lanes) {
    return (ThreadPoolExecutor)
        Executors.newFixedThreadPool(lanes, SystemThreads.named("tourmaline-replay"));
  }
}
