package dev.tourmaline.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random bytes, random tokens and damaged frames: 100,000 of them in each build. */
class DecoderFuzzTest {

  private static final int FRAMES_PER_SEED = 50_000;

  private static final List<byte[]> GOOD =
      List.of(
          Frames.ACTIONS,
          Frames.SUMMARY,
          Frames.TRIGGER,
          Frames.bytes(
              Frames.batch("{\"title\":\"é€😀\\ud83d\\n\",\"timestamp_start\":1.7e9},{}")));

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u12",
          "\\ud800",
          "null",
          "true",
          "NaN",
          "-Infinity",
          "-",
          "0",
          "1e9",
          "1e-999999999",
          "1700000000.123456789",
          "1e9999999999",
          "99999999999999999999",
          ".",
          "\"type\":",
          "\"actions\":[",
          "\"actions\"",
          "\"summary\"",
          "{\"type\":\"actions\",",
          "\"timestamp_start\":",
          "\"index\":",
          "\"forwarded_at\":",
          "\"count\":",
          "\"session_id\":",
          "\"x\"",
          "\uFEFF",
          "\u0000",
          "é",
          "😀",
          "/*",
          "//",
          " ",
          "\n",
          "[[[[[[[[[[[[[[[[[[[[",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

  private final EventDecoder decoder = EventDecoder.create();
  private final EventEncoder encoder = EventEncoder.create();

  static List<Long> seeds() {
    return List.of(20_231_114L, new Random().nextLong());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void survivesEveryFrameAndReadsTheNextGoodOne(long seed) {
    RandomGenerator random = new Random(seed);
    DecodeResult good = decoder.decode(Frames.ACTIONS);
    for (int i = 0; i < FRAMES_PER_SEED; i++) {
      byte[] frame = frame(random);
      int offset = random.nextInt(4);
      byte[] buffer = new byte[offset + frame.length + random.nextInt(4)];
      random.nextBytes(buffer);
      System.arraycopy(frame, 0, buffer, offset, frame.length);

      DecodeResult result;
      try {
        result = decoder.decode(buffer, offset, frame.length);
      } catch (RuntimeException escaped) {
        throw new AssertionError("frame " + HexFormat.of().formatHex(frame), escaped);
      }

      if (!isSound(result) || !decoder.decode(Frames.ACTIONS).equals(good)) {
        throw new AssertionError(
            "frame %s gave %s".formatted(HexFormat.of().formatHex(frame), result));
      }
    }
    assertThat(good).isInstanceOf(Decoded.class);
  }

  /** What was decoded is written and read back as the same; a guard against the parser is a bug. */
  private boolean isSound(DecodeResult result) {
    if (result instanceof Decoded decoded) {
      DecodeResult again = decoder.decode(encoder.encode(decoded.event()));
      return again.equals(new Decoded(decoded.event(), List.of(), false));
    }
    if (result instanceof Rejected rejected) {
      return !rejected.detail().contains("parser failed") && !rejected.detail().contains("@");
    }
    return result != null;
  }

  private static byte[] frame(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 1, 2 -> tokens(random);
      default -> damaged(random);
    };
  }

  private static byte[] tokens(RandomGenerator random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"type\":\"actions\"," : "");
    for (int n = random.nextInt(30); n > 0; n--) {
      text.append(TOKENS.get(random.nextInt(TOKENS.size())));
    }
    return Frames.bytes(text.toString());
  }

  private static byte[] damaged(RandomGenerator random) {
    byte[] frame = GOOD.get(random.nextInt(GOOD.size()));
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      frame = damagedOnce(frame, random);
    }
    return frame;
  }

  private static byte[] damagedOnce(byte[] frame, RandomGenerator random) {
    int from = random.nextInt(frame.length + 1);
    int to = from + random.nextInt(Math.min(40, frame.length - from + 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream(frame.length + 64);
    out.write(frame, 0, from);
    switch (random.nextInt(6)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> out.writeBytes(Frames.bytes(TOKENS.get(random.nextInt(TOKENS.size()))));
      case 2 -> to = frame.length;
      case 3 -> out.write(frame, from, to - from);
      case 4 -> {
        byte[] other = GOOD.get(random.nextInt(GOOD.size()));
        out.write(other, 0, random.nextInt(other.length));
      }
      default -> {
        to = Math.min(frame.length, from + 1);
        out.write(from < to ? frame[from] ^ 1 << random.nextInt(8) : 0);
      }
    }
    out.write(frame, to, frame.length - to);
    return out.toByteArray();
  }
}
