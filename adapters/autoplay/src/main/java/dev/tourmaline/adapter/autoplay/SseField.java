package dev.tourmaline.adapter.autoplay;

/**
 * A line of an event stream, parsed as a field of the server-sent events standard.
 *
 * @param name which field; a comment is none of the known ones
 * @param valueFrom where the value begins, its one leading space passed over
 */
record SseField(Name name, int valueFrom) {

  enum Name {
    DATA,
    EVENT,
    ID,
    RETRY,
    OTHER
  }

  static SseField of(byte[] bytes, int from, int to) {
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    return new SseField(name(bytes, from, colon), value);
  }

  boolean isPartOfEvent() {
    return name == Name.DATA || name == Name.EVENT;
  }

  private static Name name(byte[] bytes, int from, int to) {
    if (is("data", bytes, from, to)) {
      return Name.DATA;
    } else if (is("event", bytes, from, to)) {
      return Name.EVENT;
    } else if (is("id", bytes, from, to)) {
      return Name.ID;
    } else if (is("retry", bytes, from, to)) {
      return Name.RETRY;
    }
    return Name.OTHER;
  }

  private static boolean is(String name, byte[] bytes, int from, int to) {
    if (to - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
