package dev.tourmaline.engine.internal.decode;

import java.util.Arrays;

/**
 * A predictor of the next field: the one that followed last time. Objects of one kind nearly always
 * have their fields in the same order, so that only a mispredicted name is looked up.
 *
 * <p>Shared by threads without locks: a lost or stale prediction costs one look-up.
 */
final class FieldOrder {

  private final Field[] followers = new Field[Field.values().length];

  FieldOrder() {
    Arrays.fill(followers, Field.UNKNOWN);
  }

  /** {@return the field that came after this one last time; UNKNOWN at first} */
  Field after(Field previous) {
    return followers[previous.ordinal()];
  }

  void update(Field previous, Field next) {
    followers[previous.ordinal()] = next;
  }
}
