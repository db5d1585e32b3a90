package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.EventDecoder;
import org.jspecify.annotations.Nullable;

/** Some lines of the input, then what they decode to, then when each happened. */
final class Batch {

  /** A frame whose actions belong to several lanes. */
  static final int SEVERAL_LANES = -1;

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

  void bytes(byte[] all) {
    this.bytes = all;
  }

  int size() {
    return size;
  }

  /** Decodes one of several equal parts of the batch; parts may be decoded side by side. */
  void decode(EventDecoder decoder, int part, int parts) {
    for (int i = size * part / parts; i < size * (part + 1) / parts; i++) {
      results[i] = decoder.decode(bytes, starts[i], lengths[i]);
    }
  }

  @Nullable DecodeResult result(int i) {
    return results[i];
  }

  void place(int i, long time, int lane) {
    times[i] = time;
    lanes[i] = lane;
  }

  long time(int i) {
    return times[i];
  }

  int lane(int i) {
    return lanes[i];
  }
}
