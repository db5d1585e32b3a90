package dev.tourmaline.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.internal.decode.FrameDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  private static final int MANY = 3_072;
  private static final int LONGEST = FrameDecoder.LONGEST_FRAME;
  private static final int A_BATCH = 8 << 20;

  private final List<Rejected> told = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private int largest;

  @Test
  void aLineOfAGigabyteIsRejectedWithoutBeingHeld() throws IOException {
    long gigabyte = 1L << 30;
    List<String> lines = read(joined(text("{a}\n\n"), xs(gigabyte), text("\n{b}\r\n{c}")), A_BATCH);

    assertThat(lines).containsExactly("{a}", "{b}", "{c}");
    assertThat(rejected)
        .containsExactly(
            new Rejected(
                RejectReason.FRAME_TOO_LONG,
                "line 3: the frame has 1073741824 bytes; right would be at most 16777216"))
        .isEqualTo(told);
    assertThat(largest).isLessThanOrEqualTo(LONGEST + 2 * LineReader.CHUNK);
  }

  @Test
  void manyLongLinesTakeNoMoreThanTheLongestFrame() throws IOException {
    int length = 15 << 20;
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      parts.add(xs(length));
      parts.add(text("\n"));
    }
    List<Integer> lengths = new ArrayList<>();
    LineReader reader = reader(joined(parts.toArray(InputStream[]::new)), A_BATCH);
    for (Batch batch = reader.read(MANY); batch.size() > 0; batch = reader.read(MANY)) {
      assertThat(batch.size()).isEqualTo(1);
      lengths.add(batch.line(0).length());
      largest = Math.max(largest, batch.bytes().length);
    }
    assertThat(lengths).hasSize(12).containsOnly(length);
    assertThat(largest).isLessThanOrEqualTo(LONGEST + 2 * LineReader.CHUNK);
  }

  @Test
  void theLongestFrameIsReadAndOneByteMoreIsNot() throws IOException {
    LineReader reader =
        reader(joined(xs(LONGEST), text("\r\n"), xs(LONGEST + 1L), text("\n"), xs(3)), A_BATCH);

    assertThat(reader.read(MANY).line(0)).hasSize(LONGEST);
    assertThat(reader.read(MANY).result(0)).isInstanceOf(Rejected.class);
    assertThat(reader.read(MANY).line(0)).hasSize(3);
    assertThat(reader.read(MANY).size()).isZero();
  }

  @Test
  void aLongLineInGzipOrWithoutItsNewlineIsRejectedAlike() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      joined(text("{a}\n"), xs(40L << 20)).transferTo(gzip);
    }
    assertThat(read(new ByteArrayInputStream(packed.toByteArray()), A_BATCH))
        .containsExactly("{a}");
    assertThat(rejected).extracting(Rejected::detail).first().asString().startsWith("line 2: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 70_000, A_BATCH})
  void linesAreTheSameWhateverABatchHolds(int batchBytes) throws IOException {
    Random random = new Random(batchBytes);
    List<String> lines = new ArrayList<>();
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(300);
      String line = "x".repeat(length);
      stream.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
      if (length > 0) {
        lines.add(line);
      }
    }
    assertThat(read(text(stream.toString()), batchBytes)).isEqualTo(lines);
  }

  @Test
  void manyBlankLinesEndNothing() throws IOException {
    assertThat(read(joined(text("\n".repeat(300_000)), text("{a}")), 100)).containsExactly("{a}");
  }

  private LineReader reader(InputStream in, int batchBytes) throws IOException {
    return new LineReader(in, batchBytes, bytes -> {}, told::add);
  }

  private List<String> read(InputStream in, int batchBytes) throws IOException {
    List<String> lines = new ArrayList<>();
    LineReader reader = reader(in, batchBytes);
    for (Batch batch = reader.read(MANY); batch.size() > 0; batch = reader.read(MANY)) {
      for (int i = 0; i < batch.size(); i++) {
        DecodeResult known = batch.result(i);
        if (known instanceof Rejected line) {
          rejected.add(line);
        } else {
          lines.add(batch.line(i));
        }
      }
      largest = Math.max(largest, batch.bytes().length);
    }
    return lines;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream joined(InputStream... parts) {
    return new SequenceInputStream(Collections.enumeration(Stream.of(parts).toList()));
  }

  /** So many letters, made as they are read. */
  private static InputStream xs(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 'x' : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int most) {
        if (left <= 0) {
          return -1;
        }
        int n = (int) Math.min(left, most);
        Arrays.fill(buffer, offset, offset + n, (byte) 'x');
        left -= n;
        return n;
      }
    };
  }
}
