package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.internal.core.LanePartitioner;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A batch of lines in columns: the decoded event, lane and time of each. */
final class Batch {

  private static final int PART = 32;

  private final AtomicInteger begun = new AtomicInteger();
  private final int[] starts;
  private final int[] lengths;
  private final @Nullable DecodeResult[] results;
  private final long[] times;
  private final int[] lanes;
  private byte[] bytes = {};
  private int size;

  Batch(int capacity) {
    starts = new int[capacity];
    lengths = new int[capacity];
    results = new DecodeResult[capacity];
    times = new long[capacity];
    lanes = new int[capacity];
  }

  void add(int start, int length) {
    if (length > 0) {
      starts[size] = start;
      lengths[size] = length;
      size++;
    }
  }

  /** Adds a line that was rejected before it could be decoded. */
  void add(DecodeResult.Rejected line) {
    results[size] = line;
    size++;
  }

  /** The text of a line. */
  String line(int i) {
    return new String(bytes, starts[i], lengths[i], StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }

  void bytes(byte[] all) {
    this.bytes = all;
  }

  int size() {
    return size;
  }

  /**
   * Decodes chunks that no other thread has claimed, by an atomic cursor. The batch is decoded once
   * every thread that called this has returned.
   */
  void decode(EventDecoder decoder, LanePartitioner partitioner) {
    for (int part = begun.getAndAdd(PART); part < size; part = begun.getAndAdd(PART)) {
      decode(decoder, partitioner, part, Math.min(size, part + PART));
    }
  }

  private void decode(EventDecoder decoder, LanePartitioner partitioner, int from, int to) {
    for (int i = from; i < to; i++) {
      DecodeResult known = results[i];
      DecodeResult result = known == null ? decoder.decode(bytes, starts[i], lengths[i]) : known;
      results[i] = result;
      lanes[i] =
          result instanceof DecodeResult.Decoded decoded ? partitioner.laneOf(decoded.event()) : 0;
    }
  }

  @Nullable DecodeResult result(int i) {
    return results[i];
  }

  /** Leaves a line out. */
  void ignore(int i) {
    results[i] = new DecodeResult.Ignored("another product's");
  }

  void place(int i, long time) {
    times[i] = time;
  }

  long time(int i) {
    return times[i];
  }

  int lane(int i) {
    return lanes[i];
  }
}
