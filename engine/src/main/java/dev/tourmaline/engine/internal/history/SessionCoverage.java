package dev.tourmaline.engine.internal.history;

/**
 * The coverage gaps of one session in its own event time: those of its numbering, and those of its
 * product's stream, for which actions in transit are allowed for.
 */
final class SessionCoverage {

  /** The longest delay of an action in transit: batches are forwarded about this often. */
  private static final long BATCHING_MILLIS = 15_000;

  private static final CoverageGaps NO_GAPS = new CoverageGaps();

  private final CoverageGaps stream;
  private CoverageGaps own = NO_GAPS;
  private long shift;

  SessionCoverage(CoverageGaps stream) {
    this.stream = stream;
  }

  /** How far the session's event time is ahead of this machine's. */
  long shift() {
    return shift;
  }

  void shift(long millis) {
    shift = millis;
  }

  /** Adds a gap of the session itself. */
  void add(long from, long to) {
    if (own == NO_GAPS) {
      own = new CoverageGaps();
    }
    own.add(from, to);
  }

  /** Forgets the gaps of the session itself. */
  void begin() {
    own = NO_GAPS;
  }

  /** Those of the session itself. */
  long[] ownBounds() {
    return own.bounds();
  }

  boolean touches(long from, long to) {
    return own.touches(from, to) || stream.touches(from - shift, to - shift + BATCHING_MILLIS);
  }

  /** When the first gap after a moment begins, not before it; or {@code to} without one. */
  long seenUntil(long from, long to) {
    long streamed = stream.seenUntil(from - shift, to - shift + BATCHING_MILLIS);
    return own.seenUntil(from, Math.max(from, streamed + shift - BATCHING_MILLIS));
  }
}
