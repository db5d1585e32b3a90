package dev.tourmaline.engine.internal.replay;

import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.internal.bytes.ByteArrayLongs;
import dev.tourmaline.engine.internal.decode.FrameDecoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * Splits a stream, gzip or plain, into batches of lines, bounded in their number and in bytes;
 * newlines are searched for eight bytes at a time (SWAR). A line longer than a frame may be is
 * rejected without being held: whatever the stream, a buffer takes little more than the longest
 * frame. Not thread-safe.
 */
final class LineReader {

  static final int CHUNK = 1 << 16;

  private static final int LONGEST = FrameDecoder.LONGEST_FRAME;
  private static final int GZIP_MAGIC = 0x1f8b;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long NEWLINES = ONES * '\n';

  private final InputStream lines;
  private final int batchBytes;
  private final Consumer<Rejected> tooLong;
  private byte[] pending = new byte[CHUNK];
  private byte[] before = {};
  private byte[] free = {};
  private int pendingSize;
  private boolean ended;
  private long lineNumber;

  /** The bytes of the line that is being read which are held no more. */
  private long skipped;

  /**
   * Reads the head of a stream.
   *
   * @param batchBytes where a batch ends by its bytes, at most those of the longest frame
   * @param progress told how many bytes have been read
   * @param tooLong told of each line that is too long to be read
   */
  LineReader(InputStream in, int batchBytes, LongConsumer progress, Consumer<Rejected> tooLong)
      throws IOException {
    this.batchBytes = Math.min(batchBytes, LONGEST);
    this.tooLong = tooLong;
    BufferedInputStream counted = new BufferedInputStream(new Counting(in, progress), CHUNK);
    counted.mark(2);
    int magic = counted.read() << 8 | counted.read();
    counted.reset();
    lines = Utf8.of(magic == GZIP_MAGIC ? new GZIPInputStream(counted, CHUNK) : counted);
  }

  /**
   * Reads up to so many lines; a batch without lines means the end. Blank lines are left out.
   * Triple buffering: the bytes of a batch are valid until the second read after it begins.
   */
  Batch read(int most) throws IOException {
    Batch batch = new Batch(most);
    int searched = 0;
    int lineStart = 0;
    while (batch.size() == 0 || batch.size() < most && lineStart < batchBytes) {
      int newline = indexOfNewline(searched, pendingSize);
      if (newline >= 0) {
        add(batch, lineStart, newline);
        lineStart = newline + 1;
        searched = lineStart;
      } else if (ended) {
        add(batch, lineStart, pendingSize);
        lineStart = pendingSize;
        break;
      } else if (batch.size() == 0) {
        dropUpTo(lineStart);
        lineStart = 0;
        searched = pendingSize;
        fill();
      } else if (pendingSize < batchBytes) {
        searched = pendingSize;
        fill();
      } else {
        break;
      }
    }
    batch.bytes(pending);
    int left = pendingSize - lineStart;
    byte[] next =
        free.length < left + CHUNK ? new byte[Math.max(pending.length, left + CHUNK)] : free;
    System.arraycopy(pending, lineStart, next, 0, left);
    free = before;
    before = pending;
    pending = next;
    pendingSize = left;
    return batch;
  }

  private void add(Batch batch, int from, int to) {
    lineNumber++;
    int length = trimmed(from, to) - from;
    if (skipped + length <= LONGEST) {
      batch.add(from, length);
    } else {
      Rejected frame = FrameDecoder.tooLong(skipped + length);
      Rejected line =
          new Rejected(frame.reason(), "line %d: %s".formatted(lineNumber, frame.detail()));
      batch.add(line);
      tooLong.accept(line);
    }
    skipped = 0;
  }

  /** Drops what no batch needs: the lines before that byte, and a line that is too long. */
  private void dropUpTo(int lineStart) {
    pendingSize -= lineStart;
    if (skipped > 0 || pendingSize > LONGEST + 1) {
      skipped += pendingSize;
      pendingSize = 0;
    } else if (lineStart > 0) {
      System.arraycopy(pending, lineStart, pending, 0, pendingSize);
    }
  }

  private int trimmed(int from, int to) {
    return to > from && pending[to - 1] == '\r' ? to - 1 : to;
  }

  private int indexOfNewline(int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      // The high bit of each byte that is a newline; exact up to the first of them.
      long other = ByteArrayLongs.at(pending, i) ^ NEWLINES;
      long found = other - ONES & ~other & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (pending[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    if (pendingSize == pending.length) {
      pending = Arrays.copyOf(pending, Math.min(pending.length * 2, LONGEST + 2 * CHUNK));
    }
    int n = lines.read(pending, pendingSize, Math.min(CHUNK, pending.length - pendingSize));
    if (n < 0) {
      ended = true;
    } else {
      pendingSize += n;
    }
  }

  /** Counts the bytes read of the input, before decompression. */
  private static final class Counting extends InputStream {

    private final InputStream in;
    private final LongConsumer progress;
    private long read;

    Counting(InputStream in, LongConsumer progress) {
      this.in = in;
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      read += n;
      progress.accept(read);
    }
  }
}
