package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;

class NormalisedSourceTest {

  private static final int LIMIT = 64;

  @Test
  void keepsOnlyWholeEventsWithData() {
    assertThat(
            Reading.normalised(
                "\uFEFF: hello\r\nretry: 5\rid: 7\ndata: a\rfoo: b\nevent: x\r\n\r\n\ndata: cut off"))
        .isEqualTo("data: a\nevent: x\n\n");
  }

  @Test
  void anEventThatEndsInABareCrNeedsNoFollowingByte() throws Exception {
    Buffer upstream = new Buffer().writeUtf8("data: a\r\r");
    Source thenNothing = onlyWhatIsThere(upstream);
    Buffer taken = new Buffer();

    new Reading().source(thenNothing, LIMIT).read(taken, 1000);

    assertThat(taken.readUtf8()).isEqualTo("data: a\n\n");
  }

  @Test
  void halfAByteOrderMarkIsNoneAndBelongsToTheFirstLine() {
    byte[] start = {(byte) 0xEF, (byte) 0xBB};
    byte[] rest = "data:1\n\ndata:2\n\n".getBytes(UTF_8);

    assertThat(Reading.of(List.of(start, rest), LIMIT).data()).containsExactly("2");
  }

  @Test
  void aLineAtTheLimitIsKeptAndOneByteMoreIsDropped() {
    String fits = "data:" + "x".repeat(LIMIT - 5);

    Reading reading = read(fits + "\n\n" + fits + "y\n\ndata:after\n\n");

    assertThat(reading.data()).containsExactly(fits.substring(5), "after");
    assertThat(reading.dropped).containsExactly(NormalisedSource.OVER_LONG_LINE);
  }

  @Test
  void anOverLongDataLineTakesTheRestOfItsEventWithIt() {
    String tooLong = "data:" + "x".repeat(LIMIT);

    Reading reading =
        read("event:a\ndata:1\n" + tooLong + "\ndata:2\n" + tooLong + "\n\ndata:after\n\n");

    assertThat(reading.data()).containsExactly("after");
    assertThat(reading.events.get(0).type()).isEqualTo("message");
    assertThat(reading.dropped)
        .containsExactly(NormalisedSource.OVER_LONG_LINE, NormalisedSource.OVER_LONG_LINE);
  }

  @Test
  void anOverLongCommentCostsNoEvent() {
    Reading reading = read("data:1\n:" + "x".repeat(LIMIT) + "\ndata:2\n\n");

    assertThat(reading.data()).containsExactly("1\n2");
    assertThat(reading.dropped).containsExactly(NormalisedSource.OVER_LONG_LINE);
  }

  @Test
  void anEventOfTooManyLinesIsDroppedAndCountedOnce() {
    Reading reading = read("data:0123456789\n".repeat(20) + "\ndata:after\n\n");

    assertThat(reading.data()).containsExactly("after");
    assertThat(reading.dropped).containsExactly(NormalisedSource.OVER_LARGE_EVENT);
  }

  @Test
  void everyCutOfAnOverLongLineDropsTheSame() {
    byte[] stream =
        ("data:1\n\ndata:" + "x".repeat(3 * LIMIT) + "\r\n\r\ndata:2\n\n").getBytes(UTF_8);
    for (int cut = 0; cut <= stream.length; cut++) {
      byte[] head = Arrays.copyOfRange(stream, 0, cut);
      byte[] tail = Arrays.copyOfRange(stream, cut, stream.length);
      Reading reading = Reading.of(List.of(head, tail), LIMIT);
      assertThat(reading.data()).as("cut at %d", cut).containsExactly("1", "2");
      assertThat(reading.dropped).containsExactly(NormalisedSource.OVER_LONG_LINE);
    }
  }

  @Test
  void aLineLargerThanTheHeapNeedsNoMemory() {
    long size = Runtime.getRuntime().maxMemory() + (64L << 20);
    Reading reading = new Reading();

    reading.read(new LongLine(size), 1 << 20);

    assertThat(reading.data()).containsExactly("before", "after");
    assertThat(reading.dropped).containsExactly(NormalisedSource.OVER_LONG_LINE);
  }

  @Test
  void remembersTheLastIdOnceItsEventHasEnded() {
    assertThat(Reading.of("id: 1\n\nid: 2\ndata: x\n").reconnection.lastEventId()).isEqualTo("1");
    assertThat(Reading.of("id: 1\ndata: x\n\n").reconnection.lastEventId()).isEqualTo("1");
    assertThat(Reading.of("id: 1\ndata: x\n\nid\n\n").reconnection.lastEventId()).isEmpty();
    assertThat(Reading.of("id: 1\n\nid: 2\0\n\n").reconnection.lastEventId()).isEqualTo("1");
    assertThat(Reading.of("id: \u2026\n\n").reconnection.lastEventId()).isEqualTo("\u2026");
    assertThat(Reading.of("id: " + "x".repeat(2000) + "\n\n").reconnection.lastEventId()).isEmpty();
  }

  @Test
  void remembersHowLongToWaitUnlessThatIsNoNumber() {
    assertThat(Reading.of("retry: 3000\n").reconnection.reconnectAfter()).hasMillis(3000);
    assertThat(Reading.of("retry:3000\nretry:1000x\n").reconnection.reconnectAfter())
        .hasMillis(3000);
    assertThat(Reading.of("retry:3000\nretry\n").reconnection.reconnectAfter()).hasMillis(3000);
    assertThat(Reading.of("retry:-1\n").reconnection.reconnectAfter()).hasMillis(0);
    assertThat(Reading.of("retry:\u0663\n").reconnection.reconnectAfter()).hasMillis(0);
    assertThat(Reading.of("retry:" + "9".repeat(30) + "\n").reconnection.reconnectAfter())
        .hasMillis(0);
  }

  @Test
  void tellsOfBytesThatAreNoEvent() throws Exception {
    List<String> received = new ArrayList<>();
    Buffer upstream = new Buffer().writeUtf8(": keep-alive\n");
    NormalisedSource source =
        new NormalisedSource(
            upstream,
            LIMIT,
            new ReconnectionState(),
            dropped -> {},
            () -> received.add("received"));

    assertThat(Okio.buffer(source).exhausted()).isTrue();

    assertThat(received).containsExactly("received");
  }

  private static Reading read(String stream) {
    return Reading.of(List.of(stream.getBytes(UTF_8)), LIMIT);
  }

  /** Fails where a socket would block. */
  private static Source onlyWhatIsThere(Buffer buffer) {
    return new Source() {
      @Override
      public long read(Buffer sink, long byteCount) {
        assertThat(buffer.exhausted()).as("would block").isFalse();
        return buffer.read(sink, byteCount);
      }

      @Override
      public Timeout timeout() {
        return Timeout.NONE;
      }

      @Override
      public void close() {}
    };
  }

  /** A good event, an endless line of data, a good event. */
  private static final class LongLine implements Source {

    private static final byte[] FILL = "x".repeat(8192).getBytes(UTF_8);

    private final Buffer start = new Buffer().writeUtf8("data:before\n\ndata:");
    private final Buffer end = new Buffer().writeUtf8("\n\ndata:after\n\n");
    private long left;

    LongLine(long size) {
      left = size;
    }

    @Override
    public long read(Buffer sink, long byteCount) {
      if (!start.exhausted()) {
        return start.read(sink, byteCount);
      }
      if (left > 0) {
        int count = (int) Math.min(Math.min(left, byteCount), FILL.length);
        sink.write(FILL, 0, count);
        left -= count;
        return count;
      }
      return end.read(sink, byteCount);
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
