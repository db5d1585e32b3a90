package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Whatever the server sends, nothing escapes and no good frame after it is lost. */
class HostileStreamPropertyTest {

  private static final int LIMIT = 512;
  private static final int FRAMES_A_TRY = 50;
  private static final byte[] TELLING = "data:event:idretry: \r\n\r\n\0\uFEFF{}\"".getBytes(UTF_8);

  @Property(tries = 500)
  void noGoodFrameIsLostAfterAnyBytes(
      @ForAll @Size(max = 200) byte[] before, @ForAll @Size(max = 5) int[] cuts) {
    Stream stream = new Stream();
    stream.hostile(before);
    stream.good("1");
    stream.hostile(before);
    stream.good("2");

    assertNothingLost(stream, List.of("1", "2"), split(stream.bytes(), cuts));
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void noGoodFrameIsLostAmongAHundredThousandMutatedOnes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Stream stream = new Stream();
    for (int i = 0; i < FRAMES_A_TRY; i++) {
      stream.hostile(mutated(random));
      stream.good("good" + i);
    }
    List<String> good = IntStream.range(0, FRAMES_A_TRY).mapToObj(i -> "good" + i).toList();

    assertNothingLost(stream, good, split(stream.bytes(), random.ints(20).toArray()));
  }

  private static void assertNothingLost(Stream stream, List<String> good, List<byte[]> pieces) {
    Reading reading = Reading.of(pieces, LIMIT);

    assertThat(reading.failure).isNull();
    assertThat(reading.data()).containsSubsequence(good);
    Reading whole = Reading.of(List.of(stream.bytes()), LIMIT);
    assertThat(whole.events).as("the cuts make no difference").isEqualTo(reading.events);
    assertThat(whole.dropped).isEqualTo(reading.dropped);
  }

  /** A frame with some of its bytes changed, removed, repeated, or swapped for telling ones. */
  private static byte[] mutated(SplittableRandom random) {
    byte[] frame =
        "id: 7\r\nevent: x\ndata: {\"type\":\"actions\",\"session_id\":\"ps_1\"}\r\rretry: 10\n"
            .getBytes(UTF_8);
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    for (byte b : frame) {
      switch (random.nextInt(24)) {
        case 0 -> mutated.write(random.nextInt(256));
        case 1 -> mutated.write(TELLING[random.nextInt(TELLING.length)]);
        case 2 -> {}
        case 3 -> {
          mutated.write(b);
          mutated.write(b);
        }
        default -> mutated.write(b);
      }
    }
    if (random.nextInt(50) == 0) {
      mutated.writeBytes("data:".getBytes(UTF_8));
      mutated.writeBytes(new byte[2 * LIMIT]);
    }
    return mutated.toByteArray();
  }

  private static List<byte[]> split(byte[] bytes, int[] cuts) {
    int[] sorted =
        Arrays.stream(cuts).map(cut -> Math.floorMod(cut, bytes.length + 1)).sorted().toArray();
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : sorted) {
      pieces.add(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return pieces;
  }

  private static final class Stream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Bytes of any kind; the empty line after them ends whatever they began. */
    void hostile(byte[] any) {
      bytes.writeBytes(any);
      bytes.writeBytes("\n\n".getBytes(UTF_8));
    }

    void good(String data) {
      bytes.writeBytes(("data: " + data + "\n\n").getBytes(UTF_8));
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
