package dev.tourmaline.engine.event;

import java.util.Arrays;

/**
 * The text last read of one kind, such as the session's id: the actions of a frame mostly repeat
 * what the frame itself says, and then share its string.
 */
final class RepeatedText {

  private char[] chars = {};
  private String text = "";

  /** {@return the characters as a string, the same one as last time where they are equal} */
  String text(char[] source, int offset, int length) {
    if (!Arrays.equals(chars, 0, chars.length, source, offset, offset + length)) {
      chars = Arrays.copyOfRange(source, offset, offset + length);
      text = new String(source, offset, length);
    }
    return text;
  }
}
