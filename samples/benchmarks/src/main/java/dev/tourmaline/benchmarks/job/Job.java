package dev.tourmaline.benchmarks.job;

import java.io.IOException;

/** Something to measure. */
public enum Job {
  /** Replays a file. */
  REPLAY(ReplayJob::run),
  /** Gives the frames of a file to a running engine as fast as it takes them. */
  LIVE(LiveJob::run),
  /** Reads every token of a file. */
  TOKENS(BaselineJobs::tokens),
  /** Looks for the behaviours of a file in plain Java. */
  PLAIN(BaselineJobs::plain),
  /** Fills an engine with sessions and weighs them, awake and asleep. */
  HEAP(HeapJob::run),
  /** Leaves an engine full of sessions alone. */
  IDLE(IdleJob::run),
  /** Wakes sleeping sessions. */
  WAKE(WakeJob::run),
  /** Gives frames to a running engine at a steady pace. */
  LATENCY(LatencyJob::run);

  private final Body body;

  Job(Body body) {
    this.body = body;
  }

  /** What a job does. */
  private interface Body {
    Values run(Values told) throws IOException;
  }

  /**
   * Does it, in this JVM.
   *
   * @param told what it needs to know
   * @return what it measured
   * @throws IOException if a file cannot be read or written
   */
  public Values run(Values told) throws IOException {
    return body.run(told);
  }
}
