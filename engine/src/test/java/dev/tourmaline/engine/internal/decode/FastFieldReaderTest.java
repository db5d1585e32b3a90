package dev.tourmaline.engine.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.codec.Frames;
import dev.tourmaline.engine.event.DecodeResult;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of the plain form are read without the JSON parser, and mean what they mean with it. */
class FastFieldReaderTest {

  private static final int FRAMES = 60_000;

  private static final String[] NAMES = {
    "type",
    "product_id",
    "session_id",
    "user_id",
    "email",
    "conversation_id",
    "count",
    "forwarded_at",
    "actions",
    "summary",
    "replaces",
    "flow_id",
    "reason",
    "index",
    "title",
    "description",
    "timestamp_start",
    "timestamp_end",
    "raw_url",
    "canonical_url",
    "",
    "extra",
    "t\\u0079pe",
    "größe",
    "type\\\"",
    "name \\\\"
  };
  private static final String[] TEXTS = {
    "actions",
    "summary",
    "usertour_trigger",
    "heartbeat",
    "s1",
    "ü",
    "😀",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\u00e9\\n\\t\\/\\\"\\\\\\b\\f\\r",
    "\\u00",
    "\\x",
    "a\\",
    "12345678",
    "1234567",
    "123456\\u0041",
    "/settings/billing",
    "\t",
    "\u0001",
    "ctl 1234\u001f",
    "\u007f",
    "null"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "01",
    "1.5",
    "1.",
    ".5",
    "-1",
    "1e3",
    "1E-3",
    "1700000000.123456789",
    "1767225602.755",
    "946684799.9999995",
    "2147483647",
    "2147483648",
    "999999999999999999",
    "9999999999999999999",
    "1700000000000",
    "12345678901234567.8",
    "0.0",
    "NaN",
    "+1",
    "0x1"
  };
  private static final String[] OTHERS = {
    "null",
    "[[] 1]",
    "[{} 1]",
    "[[], [], [1] [2]]",
    "nul",
    "true",
    "false",
    "{}",
    "[]",
    "[1, 2]",
    "{\"a\": {\"b\": [null, \"\\u0041\"]}}",
    "{\"a\" 1}",
    "[1 2]",
    "[,]",
    "{\"a\": 1,}",
    "nullx",
    "tru",
    "[\"\\x\"]",
    "{\"\\x\": 1}",
    "[".repeat(18) + "]".repeat(18),
    "[".repeat(70) + "]".repeat(70)
  };

  private final FrameDecoder decoder = new FrameDecoder();

  static List<Long> seeds() {
    return List.of(20_261_121L, new Random().nextLong());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverAFrameSaysTheParserSaysTheSame(long seed) {
    Random random = new Random(seed);
    int decoded = 0;
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = Frames.bytes(object(random, 1 + random.nextInt(6), true));
      DecodeResult parsed = decoder.parse(frame, 0, frame.length);
      assertThat(decoder.decode(frame, 0, frame.length))
          .as("seed %d: %s", seed, text(frame))
          .isEqualTo(parsed);
      decoded += parsed instanceof DecodeResult.Decoded ? 1 : 0;
    }
    assertThat(decoded).isGreaterThan(FRAMES / 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { \"type\" : \"actions\" , \"actions\":[ ] } ",
        "{\"type\": \"actions\", \"actions\": [{}, {\"index\": 3, \"title\": \"\\u00e9\"}]}",
        "{\"type\": \"summary\", \"summary\": \"ü\", \"extra\": {\"a\": [1, true, null]}}",
        "{\"type\": \"summary\", \"forwarded_at\": 1767225602.755, \"replaces\": null}"
      })
  void readsThePlainFormWithoutTheParser(String frame) {
    byte[] bytes = Frames.bytes(frame);
    assertThat(isPlain(bytes)).isTrue();
    assertThat(decoder.decode(bytes, 0, bytes.length))
        .isEqualTo(decoder.parse(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"type\": 1}",
        "{\"type\": \"actions\"} x",
        "{\"type\": \"actions\", \"count\": -1}",
        "{\"type\": \"actions\", \"actions\": [1]}",
        "{\"type\": \"actions\", \"extra\": [[] 1]}",
        "{\"type\": \"actions\", \"actions\": [{\"extra\": []} {}]}",
        "{\"type\": \"actions\", \"actions\": [{}, ]}",
        "{\"type\": \"actions\", \"forwarded_at\": 1.7e9}"
      })
  void leavesEverythingElseToTheParser(String frame) {
    assertThat(isPlain(Frames.bytes(frame))).isFalse();
  }

  private static boolean isPlain(byte[] frame) {
    FastFieldReader source = new FastFieldReader(frame, 0, frame.length, new TextPool());
    try {
      new FrameReader(source, new DecoderCaches(), new Faults()).read();
    } catch (java.io.IOException impossible) {
      throw new AssertionError(impossible);
    }
    return !source.fellBack();
  }

  private static String object(RandomGenerator random, int fields, boolean frame) {
    StringBuilder text = new StringBuilder("{");
    if (frame && random.nextInt(8) > 0) {
      text.append("\"type\": \"").append(TEXTS[random.nextInt(4)]).append("\", ");
    }
    for (int i = 0; i < fields; i++) {
      text.append(i > 0 ? separator(random, ",") : "");
      String name = NAMES[random.nextInt(random.nextInt(4) == 0 ? NAMES.length : 20)];
      text.append('"').append(name).append('"').append(separator(random, ":"));
      text.append(value(random, name));
    }
    return text.append(random.nextInt(60) == 0 ? "" : "}").toString();
  }

  private static String separator(RandomGenerator random, String sign) {
    return switch (random.nextInt(40)) {
      case 0 -> "";
      case 1 -> sign + sign;
      case 2 -> " \n\t\r" + sign + "  ";
      case 3 -> "\f" + sign;
      case 4, 5, 6, 7, 8, 9 -> sign;
      default -> sign + " ";
    };
  }

  private static String value(RandomGenerator random, String name) {
    if (random.nextInt(12) == 0) {
      return OTHERS[random.nextInt(OTHERS.length)];
    }
    if (name.equals("actions")) {
      StringBuilder list = new StringBuilder("[");
      for (int n = random.nextInt(4); n > 0; n--) {
        list.append(object(random, random.nextInt(5), false)).append(n > 1 ? ", " : "");
      }
      return list.append(']').toString();
    }
    boolean number =
        name.startsWith("timestamp")
            || List.of("count", "index", "replaces", "forwarded_at").contains(name);
    if (number ^ random.nextInt(20) == 0) {
      return random.nextInt(3) > 0 ? "1767225602.5" : NUMBERS[random.nextInt(NUMBERS.length)];
    }
    return '"' + TEXTS[random.nextInt(TEXTS.length)] + '"';
  }

  private static String text(byte[] frame) {
    return new String(frame, java.nio.charset.StandardCharsets.UTF_8);
  }
}
