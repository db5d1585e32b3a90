package dev.tourmaline.engine.internal.decode;

import java.util.Arrays;

/**
 * Which field follows which. Objects of one kind have their fields in the same order nearly always,
 * so that a name is first compared with the one that followed here last time; only another name is
 * looked up.
 *
 * <p>Threads share what was learnt without locks: a lost or stale guess costs one look-up.
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

  void learn(Field previous, Field next) {
    followers[previous.ordinal()] = next;
  }
}
