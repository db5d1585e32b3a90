package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.io.IOException;
import java.util.Optional;

/**
 * A pull reader of the fields of one frame and their values; null is absent. A value that cannot be
 * used reads as absent and leaves its fault with the field's object. One per frame, used by one
 * thread.
 */
interface FieldReader {

  /** Begins the frame; {@return what the frame is if it is no object} */
  Optional<DecodeResult> begin() throws IOException;

  /** {@return what is wrong after the frame's object} */
  Optional<DecodeResult> end() throws IOException;

  /** {@return the field whose name comes next; NONE at the object's end} */
  Field next(Field previous, FieldOrder order) throws IOException;

  /** Reads a text that seldom repeats. */
  String text(Field field) throws IOException;

  /** Reads a text that other frames repeat; interned. */
  String pooled(Field field) throws IOException;

  /** Reads a text that a frame and its actions repeat. */
  String repeated(Field field) throws IOException;

  /** Reads a time; {@return it in microseconds, 0 where absent} */
  long micros(Field field) throws IOException;

  /** Reads a whole number; {@return it, or the given one where absent} */
  int whole(Field field, int absent) throws IOException;

  /**
   * Reads a count; {@return it, the first given number where absent, the second where it is a
   * number that counts nothing}
   */
  int count(Field field, int absent, int nothing) throws IOException;

  /** Passes over a value of whatever kind. */
  void skip() throws IOException;

  /** Begins a list of actions; {@return whether there is one} */
  boolean beginActions(Field field) throws IOException;

  /** {@return whether the list has one more element, which is read or passed over next} */
  boolean hasAction() throws IOException;

  /** Begins an action, whose faults are noted from now on; {@return why it is none} */
  Optional<Rejected> beginAction(int index, Faults faults) throws IOException;

  /** Passes over an element of the list. */
  void skipAction() throws IOException;

  /** Ends the list: the frame's own faults are noted again. */
  void endActions(Faults faults);

  /** {@return the object that is being read, as error messages name it} */
  String place();
}
