package dev.tourmaline.adapter.autoplay;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import okio.Buffer;
import okio.Source;
import okio.Timeout;

/**
 * An Okio source that normalises server-sent events into the one shape that every parser takes:
 * only whole events that carry data, only their {@code data} and {@code event} lines, each ended by
 * LF.
 *
 * <p>A byte order mark at the start is stripped; CR and CRLF become LF, and a bare CR ends its line
 * at once, without waiting for the byte that follows. An event that the stream's end cuts off is
 * left out, as the standard asks. A line longer than the limit is dropped whole, and with it the
 * event that its data belonged to; so is an event whose lines together exceed it. Memory is bounded
 * by the limit, whatever the server sends.
 *
 * <p>Used by one thread.
 */
final class NormalisedSource implements Source {

  static final String OVER_LONG_LINE = "over-long line";
  static final String OVER_LARGE_EVENT = "over-large event";

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int CHUNK = 8192;

  private final Source upstream;
  private final int limit;
  private final ReconnectionState reconnection;
  private final Consumer<String> dropped;
  private final Runnable received;

  private final Buffer raw = new Buffer();
  private final byte[] chunk = new byte[CHUNK];
  private byte[] line;
  private int lineLength;
  private boolean skippingLine;
  private boolean afterCr;
  private int bomSeen;
  private boolean bomDone;

  private final Buffer event = new Buffer();
  private boolean hasData;
  private boolean skippingEvent;

  private final Buffer ready = new Buffer();

  /**
   * @param limit the longest line, and the largest event, in bytes; at least 16
   * @param received is told whenever bytes arrive
   */
  NormalisedSource(
      Source upstream,
      int limit,
      ReconnectionState reconnection,
      Consumer<String> dropped,
      Runnable received) {
    this.upstream = upstream;
    this.limit = limit;
    this.reconnection = reconnection;
    this.dropped = dropped;
    this.received = received;
    this.line = new byte[Math.min(limit, 1024)];
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (byteCount == 0) {
      return 0;
    }
    while (ready.exhausted()) {
      if (upstream.read(raw, CHUNK) == -1) {
        return -1;
      }
      received.run();
      while (!raw.exhausted()) {
        take(raw.read(chunk, 0, CHUNK));
      }
    }
    return ready.read(sink, byteCount);
  }

  @Override
  public Timeout timeout() {
    return upstream.timeout();
  }

  @Override
  public void close() throws IOException {
    upstream.close();
  }

  private void take(int length) {
    int from = bomDone ? 0 : skipBom(length);
    for (int i = from; i < length; i++) {
      byte b = chunk[i];
      if (b == '\n' || b == '\r') {
        append(chunk, from, i);
        if (b == '\r' || !afterCr) {
          endLine();
        }
        from = i + 1;
      }
      afterCr = b == '\r';
    }
    append(chunk, from, length);
  }

  private int skipBom(int length) {
    int i = 0;
    while (i < length && bomSeen < BOM.length) {
      if (chunk[i] != BOM[bomSeen]) {
        append(BOM, 0, bomSeen);
        bomDone = true;
        return i;
      }
      bomSeen++;
      i++;
    }
    bomDone = bomSeen == BOM.length;
    return i;
  }

  private void append(byte[] bytes, int from, int to) {
    if (skippingLine) {
      return;
    }
    int count = Math.min(to - from, limit - lineLength);
    int needed = lineLength + count;
    if (needed > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(limit, Math.max(2L * line.length, needed)));
    }
    System.arraycopy(bytes, from, line, lineLength, count);
    lineLength = needed;
    if (count < to - from) {
      skipLine();
    }
  }

  private void skipLine() {
    dropped.accept(OVER_LONG_LINE);
    skippingLine = true;
    if (SseField.of(line, 0, lineLength).isPartOfEvent()) {
      skipEvent();
    }
    lineLength = 0;
  }

  private void skipEvent() {
    skippingEvent = true;
    event.clear();
  }

  private void endLine() {
    if (skippingLine) {
      skippingLine = false;
    } else if (lineLength == 0) {
      endEvent();
    } else {
      SseField field = SseField.of(line, 0, lineLength);
      switch (field.name()) {
        case DATA -> {
          hasData = true;
          keepLine();
        }
        case EVENT -> keepLine();
        case ID -> reconnection.id(line, field.valueFrom(), lineLength);
        case RETRY -> reconnection.retry(line, field.valueFrom(), lineLength);
        case OTHER -> {}
      }
      lineLength = 0;
    }
  }

  private void keepLine() {
    if (skippingEvent) {
      return;
    }
    if (event.size() + lineLength > limit) {
      dropped.accept(OVER_LARGE_EVENT);
      skipEvent();
      return;
    }
    event.write(line, 0, lineLength);
    event.writeByte('\n');
  }

  private void endEvent() {
    if (hasData && !skippingEvent) {
      ready.write(event, event.size());
      ready.writeByte('\n');
    }
    event.clear();
    reconnection.eventEnds();
    hasData = false;
    skippingEvent = false;
  }
}
