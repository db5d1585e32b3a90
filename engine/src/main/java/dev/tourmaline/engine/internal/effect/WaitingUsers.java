package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.user.Pseudonym;
import java.util.Arrays;

/**
 * The users whose window is not over, with a queue by due time: a hash table with chains and a
 * binary heap, both of numbers into parallel arrays; 40 bytes a user and 4 to 8 for the table. One
 * user has an entry for each experiment that he is in. Of fixed size: where it is full, {@link
 * #resized} copies it.
 *
 * <p>Not thread-safe, but {@link #contains} without a lock neither fails nor hangs: it answers
 * nonsense, and whoever asks has to find that out.
 */
final class WaitingUsers {

  static final int NONE = -1;

  private static final int FIRST_SIZE = 16;

  /** Facts in one word: due time (44 bits, signed), experiment (12), share (4), arm. */
  private static final int DUE_SHIFT = 17;

  private static final int EXPERIMENT_SHIFT = 5;
  private static final int EXPERIMENT_MASK = 0xFFF;
  private static final int SHARE_SHIFT = 1;
  private static final int SHARE_MASK = 0xF;

  private final long[] high;
  private final long[] low;
  private final long[] facts;

  /** Milliseconds from decision to goal, plus one, unsigned; 0 for never. */
  private final int[] reached;

  /** The next of a chain, or of the free entries. */
  private final int[] next;

  private final int[] heads;
  private final int[] heap;

  /** The place of an entry in the heap. */
  private final int[] places;

  private int free = NONE;
  private int size;

  WaitingUsers() {
    this(FIRST_SIZE);
  }

  private WaitingUsers(int capacity) {
    high = new long[capacity];
    low = new long[capacity];
    facts = new long[capacity];
    reached = new int[capacity];
    next = new int[capacity];
    heap = new int[capacity];
    places = new int[capacity];
    heads = new int[Integer.highestOneBit(capacity - 1) << 1];
    Arrays.fill(heads, NONE);
    for (int entry = capacity - 1; entry >= 0; entry--) {
      next[entry] = free;
      free = entry;
    }
  }

  /** {@return a copy that has room for a quarter more, and for no more than that} */
  WaitingUsers resized() {
    return copy(FIRST_SIZE + size + size / 4, NONE);
  }

  /** {@return a copy without those of an experiment} */
  WaitingUsers without(int experiment) {
    return copy(FIRST_SIZE + size, experiment);
  }

  private WaitingUsers copy(int capacity, int exceptExperiment) {
    WaitingUsers copy = new WaitingUsers(capacity);
    for (int i = 0; i < size; i++) {
      int entry = heap[i];
      if (experiment(entry) != exceptExperiment) {
        copy.add(user(entry), facts[entry], reached[entry]);
      }
    }
    return copy;
  }

  boolean isFull() {
    return free == NONE;
  }

  /** {@return whether less than a quarter of the room is in use} */
  boolean isSpacious() {
    return next.length > FIRST_SIZE + 4 * size;
  }

  int size() {
    return size;
  }

  /** {@return whether a user has an entry of any experiment} */
  boolean contains(Pseudonym user) {
    int entry = heads[bucket(user)];
    for (int steps = 0; entry != NONE && steps < next.length; steps++) {
      if (low[entry] == user.low() && high[entry] == user.high()) {
        return true;
      }
      entry = next[entry];
    }
    return false;
  }

  /** {@return the first entry of a user, or {@link #NONE}} */
  int first(Pseudonym user) {
    return sameUser(user, heads[bucket(user)]);
  }

  /** {@return the entry of the same user after this one, or {@link #NONE}} */
  int following(Pseudonym user, int entry) {
    return sameUser(user, next[entry]);
  }

  private int sameUser(Pseudonym user, int from) {
    int entry = from;
    while (entry != NONE && (low[entry] != user.low() || high[entry] != user.high())) {
      entry = next[entry];
    }
    return entry;
  }

  /** {@return the entry of a user in an experiment, or {@link #NONE}} */
  int find(Pseudonym user, int experiment) {
    int entry = first(user);
    while (entry != NONE && experiment(entry) != experiment) {
      entry = following(user, entry);
    }
    return entry;
  }

  void add(Pseudonym user, int experiment, long due, Arm arm, int share, long untilReached) {
    long word =
        due << DUE_SHIFT
            | (long) experiment << EXPERIMENT_SHIFT
            | (long) share << SHARE_SHIFT
            | arm.ordinal();
    add(user, word, untilReached == Enrolment.NEVER ? 0 : (int) (untilReached + 1));
  }

  /** Adds an entry by its words, as {@link #word} and {@link #reachedWord} tell them. */
  int add(Pseudonym user, long word, int reachedWord) {
    int entry = free;
    free = next[entry];
    high[entry] = user.high();
    low[entry] = user.low();
    facts[entry] = word;
    reached[entry] = reachedWord;
    int bucket = bucket(user);
    next[entry] = heads[bucket];
    heads[bucket] = entry;
    siftUp(size++, entry);
    return entry;
  }

  void remove(int entry) {
    unlink(entry);
    next[entry] = free;
    free = entry;
    int last = heap[--size];
    if (last != entry) {
      int gap = places[entry];
      siftUp(gap, last);
      siftDown(places[last], last);
    }
  }

  /** {@return the entry that is due first, if that is before a time, or {@link #NONE}} */
  int dueBefore(long now) {
    return size > 0 && due(heap[0]) < now ? heap[0] : NONE;
  }

  /** {@return the entry in a place of the queue, from 0, of which only the first is in order} */
  int queued(int place) {
    return heap[place];
  }

  Pseudonym user(int entry) {
    return new Pseudonym(high[entry], low[entry]);
  }

  long word(int entry) {
    return facts[entry];
  }

  int reachedWord(int entry) {
    return reached[entry];
  }

  long due(int entry) {
    return facts[entry] >> DUE_SHIFT;
  }

  int experiment(int entry) {
    return (int) (facts[entry] >>> EXPERIMENT_SHIFT) & EXPERIMENT_MASK;
  }

  int share(int entry) {
    return (int) (facts[entry] >>> SHARE_SHIFT) & SHARE_MASK;
  }

  Arm arm(int entry) {
    return (facts[entry] & 1) == Arm.HELD_OUT.ordinal() ? Arm.HELD_OUT : Arm.TREATED;
  }

  /** {@return milliseconds from decision to goal, or {@link Enrolment#NEVER}} */
  long untilReached(int entry) {
    return reached[entry] == 0 ? Enrolment.NEVER : Integer.toUnsignedLong(reached[entry]) - 1;
  }

  /** Notes a goal, unless it was reached sooner. */
  void reached(int entry, long millis) {
    if (millis < untilReached(entry)) {
      reached[entry] = (int) (millis + 1);
    }
  }

  private void unlink(int entry) {
    int bucket = bucket(user(entry));
    if (heads[bucket] == entry) {
      heads[bucket] = next[entry];
      return;
    }
    int before = heads[bucket];
    while (next[before] != entry) {
      before = next[before];
    }
    next[before] = next[entry];
  }

  private int bucket(Pseudonym user) {
    return (int) Spread.of(user) & heads.length - 1;
  }

  private void siftUp(int from, int entry) {
    int place = from;
    while (place > 0) {
      int parent = place - 1 >>> 1;
      if (due(heap[parent]) <= due(entry)) {
        break;
      }
      put(place, heap[parent]);
      place = parent;
    }
    put(place, entry);
  }

  private void siftDown(int from, int entry) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && due(heap[child + 1]) < due(heap[child])) {
        child++;
      }
      if (due(entry) <= due(heap[child])) {
        break;
      }
      put(place, heap[child]);
      place = child;
    }
    put(place, entry);
  }

  private void put(int place, int entry) {
    heap[place] = entry;
    places[entry] = place;
  }
}
