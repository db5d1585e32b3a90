package dev.tourmaline.benchmarks.stream;

/**
 * Which stream to make. The same shape gives the same bytes.
 *
 * @param sessions how many sessions, all of them interleaved
 * @param actions how many actions each session has
 * @param seed another seed, another stream
 * @param first the number of the first session, to make one large population in several streams
 */
public record StreamShape(int sessions, int actions, long seed, int first) {

  /** The seed where none is named. */
  public static final long DEFAULT_SEED = 20_260_101;

  /**
   * {@return the stream of the default seed}
   *
   * @param sessions how many sessions
   * @param actions how many actions each
   */
  public static StreamShape of(int sessions, int actions) {
    return new StreamShape(sessions, actions, DEFAULT_SEED, 0);
  }

  /**
   * {@return this shape for other sessions}
   *
   * @param from the number of the first one
   * @param count how many
   */
  public StreamShape part(int from, int count) {
    return new StreamShape(count, actions, seed, first + from);
  }

  /** {@return how many actions the stream has in all} */
  public long totalActions() {
    return (long) sessions * actions;
  }
}
