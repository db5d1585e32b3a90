package dev.tourmaline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts inputs up. */
final class Bytes {

  private Bytes() {}

  static List<byte[]> lines(byte[] input) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= input.length; i++) {
      if (i == input.length || input[i] == '\n') {
        lines.add(Arrays.copyOfRange(input, from, i));
        from = i + 1;
      }
    }
    return lines;
  }

  /** {@return the input with a word put in the place of each mark} */
  static byte[] replace(byte[] input, String mark, String word) {
    return new String(input, StandardCharsets.ISO_8859_1)
        .replace(mark, word)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
