package dev.tourmaline.engine.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void agreesWithTheStrictDecoderOfThePlatform() {
    Random random = new Random(7);
    int faulty = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = sample(random);
      int fault = Utf8.firstFault(bytes, 0, bytes.length);

      assertThat(fault < 0).as(() -> Arrays.toString(bytes)).isEqualTo(isStrict(bytes));
      faulty += fault < 0 ? 0 : 1;
    }
    assertThat(faulty).isBetween(5_000, 45_000);
  }

  @Test
  void findsAFaultAtEveryPlaceOfALongText() {
    for (int at = 0; at < 130; at++) {
      byte[] bytes = "a".repeat(130).getBytes(UTF_8);
      bytes[at] = (byte) 0x80;

      assertThat(Utf8.firstFault(bytes, 0, bytes.length)).isEqualTo(at);
      assertThat(Utf8.firstFault(bytes, at + 1, bytes.length)).isEqualTo(-1);
      assertThat(Utf8.firstFault(bytes, 0, at)).isEqualTo(-1);
    }
  }

  @Test
  void acceptsEveryCodePoint() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(c).getBytes(UTF_8);
        if (Utf8.firstFault(bytes, 0, bytes.length) >= 0) {
          throw new AssertionError("U+" + Integer.toHexString(c));
        }
      }
    }
  }

  @Test
  void countsTheBytesOfText() {
    String text = "aé€😀";

    assertThat(Utf8.length(("x" + text).toCharArray(), 1, text.length()))
        .isEqualTo(text.getBytes(UTF_8).length);
  }

  private static byte[] sample(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      text.appendCodePoint(
          random.nextInt(3) > 0 ? 'a' : "é€😀߿ࠀ\uFFFF".codePointAt(random.nextInt(3)));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      int[] edges = {0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xF0};
      bytes[random.nextInt(bytes.length)] =
          (byte) (random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(256));
    }
    return Arrays.copyOf(bytes, random.nextInt(8) == 0 ? bytes.length / 2 : bytes.length);
  }

  private static boolean isStrict(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notStrict) {
      return false;
    }
  }
}
