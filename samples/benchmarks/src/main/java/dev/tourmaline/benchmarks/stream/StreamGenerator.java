package dev.tourmaline.benchmarks.stream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Writes the frames of many visitors, all interleaved, in order of {@code forwarded_at}: one JSON
 * object a line, as the connector writes them. Not thread-safe.
 */
public final class StreamGenerator {

  /** When the first visitor comes, in milliseconds since the epoch. */
  public static final long BEGIN = 1_767_225_600_000L;

  private static final int CHUNK = 1 << 20;
  private static final int SPREAD_MILLIS = 60_000;

  private final PriorityQueue<Visitor> visitors;

  /**
   * Begins a stream at {@link #BEGIN}.
   *
   * @param shape which stream
   */
  public StreamGenerator(StreamShape shape) {
    this(shape, BEGIN);
  }

  /**
   * Begins a stream.
   *
   * @param shape which stream
   * @param begin when the first visitor comes, in milliseconds since the epoch
   */
  public StreamGenerator(StreamShape shape, long begin) {
    List<Visitor> all = new ArrayList<>(shape.sessions());
    for (int i = 0; i < shape.sessions(); i++) {
      all.add(new Visitor(shape, i, begin, SPREAD_MILLIS));
    }
    visitors = new PriorityQueue<>(all);
  }

  /** {@return whether there is another frame} */
  public boolean hasNext() {
    return !visitors.isEmpty();
  }

  /**
   * Writes the next frame, without a line's end.
   *
   * @param out takes it
   * @return its {@code forwarded_at} in milliseconds since the epoch
   */
  public long next(FrameBuffer out) {
    Visitor visitor = visitors.remove();
    long forwardedAt = visitor.forwardedAt();
    visitor.write(out);
    if (!visitor.isDone()) {
      visitors.add(visitor);
    }
    return forwardedAt;
  }

  /**
   * Writes all frames that are left.
   *
   * @param out takes them; not closed
   * @return how many frames
   * @throws IOException if they cannot be written
   */
  public long writeTo(OutputStream out) throws IOException {
    FrameBuffer buffer = new FrameBuffer();
    long frames = 0;
    while (hasNext()) {
      next(buffer);
      buffer.add('\n');
      frames++;
      if (buffer.size() > CHUNK || !hasNext()) {
        out.write(buffer.bytes(), 0, buffer.size());
        buffer.clear();
      }
    }
    return frames;
  }

  /**
   * Writes a whole stream to a file.
   *
   * @param shape which stream
   * @param file where to
   * @return how many frames
   * @throws IOException if it cannot be written
   */
  public static long write(StreamShape shape, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), CHUNK)) {
      return new StreamGenerator(shape).writeTo(out);
    }
  }
}
