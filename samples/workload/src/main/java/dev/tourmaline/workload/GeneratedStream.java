package dev.tourmaline.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The frames of many visitors, all interleaved, in order of {@code forwarded_at}: JSON objects as
 * the connector writes them. The same components give the same bytes.
 *
 * @param actions how many actions each session has, without the late and repeated ones that come on
 *     top in an open vocabulary
 * @param seed another seed, another stream
 * @param first the number of the first session, to make one large population in several streams
 */
public record GeneratedStream(
    int sessions, int actions, long seed, int first, Vocabulary vocabulary)
    implements Serializable {

  /** When the first visitor comes, in milliseconds since the epoch. */
  public static final long BEGIN = 1_767_225_600_000L;

  /** A frame as ASCII text without a line's end, and when it is forwarded, in milliseconds. */
  public record Frame(long forwardedAt, String json) {

    /** {@return the text as bytes} */
    public byte[] bytes() {
      return json.getBytes(ISO_8859_1);
    }
  }

  public static GeneratedStream of(int sessions, int actions, Vocabulary vocabulary) {
    return new GeneratedStream(sessions, actions, 20_260_101, 0, vocabulary);
  }

  /** {@return the same visitors, but only {@code count} of them, from number {@code from} on} */
  public GeneratedStream part(int from, int count) {
    return new GeneratedStream(count, actions, seed, first + from, vocabulary);
  }

  /** {@return the same visitors with so many actions each} */
  public GeneratedStream withActions(int each) {
    return new GeneratedStream(sessions, each, seed, first, vocabulary);
  }

  /** {@return visitors who do the same, in a vocabulary} */
  public GeneratedStream in(Vocabulary other) {
    return new GeneratedStream(sessions, actions, seed, first, other);
  }

  public long totalActions() {
    return (long) sessions * actions;
  }

  String name() {
    return "%s-%d-from-%d-x-%d-seed-%d".formatted(vocabulary, sessions, first, actions, seed);
  }

  /** Makes the frames of visitors who begin to come at {@code begin}, one after the other. */
  public void forEach(long begin, Consumer<Frame> sink) {
    PriorityQueue<Visitor> visitors = new PriorityQueue<>(Visitor.ORDER);
    for (int i = 1; i <= sessions; i++) {
      visitors.add(new Visitor(seed * 31 + first + i, actions, begin, vocabulary));
    }
    while (!visitors.isEmpty()) {
      Visitor visitor = visitors.remove();
      sink.accept(visitor.frame());
      if (!visitor.isDone()) {
        visitors.add(visitor);
      }
    }
  }

  public void writeTo(PrintStream out) throws IOException {
    forEach(BEGIN, frame -> out.writeBytes((frame.json() + "\n").getBytes(ISO_8859_1)));
    if (out.checkError()) {
      throw new IOException("the stream could not be written");
    }
  }
}
