package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.internal.effect.Enrolment.State;
import dev.tourmaline.engine.user.Pseudonym;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * The users who are counted or excluded, so that nobody is ever counted twice: a hash table with
 * linear probing, 16 bytes a place and at most three of four taken. A user in an experiment is
 * known by 64 bits of both; that two of a million share them, and one goes uncounted, has a
 * probability of {@code 3e-8}. Not thread-safe.
 */
final class SettledUsers {

  private static final int FIRST_SIZE = 16;
  private static final long EMPTY = 0;

  /** Facts in one word: second (40 bits, signed), experiment (12), stratum (8), four flags. */
  private static final int SECOND_SHIFT = 24;

  private static final int EXPERIMENT_SHIFT = 12;
  private static final int EXPERIMENT_MASK = 0xFFF;
  private static final int STRATUM_SHIFT = 4;
  private static final int STRATUM_MASK = 0xFF;
  private static final int STATE_SHIFT = 2;
  private static final long SUCCESS = 2;
  private static final State[] STATES = State.values();

  private long[] keys = new long[FIRST_SIZE];
  private long[] facts = new long[FIRST_SIZE];
  private int size;

  static long key(Pseudonym user, int experiment) {
    long key = Spread.mix(Spread.of(user) + 0xD1B5_4A32_D192_ED03L * (experiment + 1L));
    return key == EMPTY ? 1 : key;
  }

  int size() {
    return size;
  }

  /** {@return the facts of a key, or 0, which no facts are} */
  long facts(long key) {
    int place = place(key);
    return keys[place] == EMPTY ? 0 : facts[place];
  }

  void put(long key, int experiment, Enrolment enrolment) {
    put(key, word(experiment, enrolment));
  }

  void put(long key, long word) {
    int place = place(key);
    if (keys[place] == EMPTY) {
      if (4 * (size + 1) > 3 * keys.length) {
        rebuild(2 * keys.length, -1);
        place = place(key);
      }
      keys[place] = key;
      size++;
    }
    facts[place] = word;
  }

  /** Removes a key, and closes the gap so that probes still find what lies behind it. */
  void remove(long key) {
    int gap = place(key);
    if (keys[gap] == EMPTY) {
      return;
    }
    size--;
    int mask = keys.length - 1;
    for (int i = gap + 1 & mask; keys[i] != EMPTY; i = i + 1 & mask) {
      int home = (int) keys[i] & mask;
      if ((i - home & mask) >= (i - gap & mask)) {
        keys[gap] = keys[i];
        facts[gap] = facts[i];
        gap = i;
      }
    }
    keys[gap] = EMPTY;
  }

  /** Removes those of an experiment. */
  void removeAll(int experiment) {
    rebuild(keys.length, experiment);
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        out.writeLong(keys[i]);
        out.writeLong(facts[i]);
      }
    }
  }

  void restore(DataInput in, LongConsumer each) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      long key = in.readLong();
      long word = in.readLong();
      put(key, word);
      each.accept(word);
    }
  }

  static int experiment(long word) {
    return (int) (word >>> EXPERIMENT_SHIFT) & EXPERIMENT_MASK;
  }

  static Enrolment enrolment(long word) {
    long millis = (word >> SECOND_SHIFT) * 1_000;
    return new Enrolment(
        STATES[(int) (word >>> STATE_SHIFT) & 3],
        (word & 1) == Arm.HELD_OUT.ordinal() ? Arm.HELD_OUT : Arm.TREATED,
        millis,
        (word & SUCCESS) == 0 ? Enrolment.NEVER : millis,
        (int) (word >>> STRATUM_SHIFT) & STRATUM_MASK);
  }

  private static long word(int experiment, Enrolment enrolment) {
    return Math.floorDiv(enrolment.at(), 1_000) << SECOND_SHIFT
        | (long) experiment << EXPERIMENT_SHIFT
        | (long) enrolment.place() << STRATUM_SHIFT
        | (long) enrolment.state().ordinal() << STATE_SHIFT
        | (enrolment.isSuccess() ? SUCCESS : 0)
        | enrolment.arm().ordinal();
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int i = (int) key & mask;
    while (keys[i] != EMPTY && keys[i] != key) {
      i = i + 1 & mask;
    }
    return i;
  }

  private void rebuild(int length, int exceptExperiment) {
    long[] oldKeys = keys;
    long[] oldFacts = facts;
    keys = new long[length];
    facts = new long[length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY && experiment(oldFacts[i]) != exceptExperiment) {
        put(oldKeys[i], oldFacts[i]);
      }
    }
  }
}
