package dev.tourmaline.engine.internal.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map from session to user, by fingerprints, of some forty bytes an entry. Lock striping;
 * eviction by generation, which keeps at least the capacity, newest first, and at most about twice
 * that. Thread-safe.
 */
final class KnownUsers {

  private static final int STRIPES = 256;

  private final Stripe[] stripes = new Stripe[STRIPES];

  KnownUsers(int sessions) {
    // Hashing is uneven: allow a stripe more than its share.
    int share = sessions / STRIPES * 5 / 4 + 16;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(share);
    }
  }

  void note(Fingerprint session, Fingerprint user) {
    stripe(session).note(session, user);
  }

  Optional<Fingerprint> of(Fingerprint session) {
    return Optional.ofNullable(stripe(session).find(session));
  }

  private Stripe stripe(Fingerprint session) {
    return stripes[(int) session.low() & STRIPES - 1];
  }

  /** Two generations: when the young one is full, it replaces the old one. */
  private static final class Stripe {

    private final int most;
    private Generation young = new Generation();
    private Generation old = new Generation();

    Stripe(int most) {
      this.most = most;
    }

    synchronized void note(Fingerprint session, Fingerprint user) {
      if (young.size == most) {
        old = young;
        young = new Generation();
      }
      young.put(session, user);
    }

    synchronized @Nullable Fingerprint find(Fingerprint session) {
      Fingerprint user = young.find(session);
      return user == null ? old.find(session) : user;
    }
  }

  /** A hash table with open addressing and linear probing; a slot is four longs, zero if free. */
  private static final class Generation {

    private static final int STRIDE = 4;

    private long[] cells = new long[STRIDE];
    private int size;

    void put(Fingerprint session, Fingerprint user) {
      int cell = cell(session.high(), session.low());
      if (isFree(cell)) {
        size++;
        if (size * 5 > cells.length / STRIDE * 4) {
          grow();
          cell = cell(session.high(), session.low());
        }
      }
      set(cell, session.high(), session.low(), user.high(), user.low());
    }

    @Nullable Fingerprint find(Fingerprint session) {
      int cell = cell(session.high(), session.low());
      return isFree(cell) ? null : new Fingerprint(cells[cell + 2], cells[cell + 3]);
    }

    /** The cell of a session, or the free one where it belongs. */
    private int cell(long high, long low) {
      int slots = cells.length / STRIDE;
      int cell = (int) Long.remainderUnsigned(high, slots) * STRIDE;
      while (!isFree(cell) && (cells[cell] != high || cells[cell + 1] != low)) {
        cell = cell + STRIDE == cells.length ? 0 : cell + STRIDE;
      }
      return cell;
    }

    private boolean isFree(int cell) {
      return cells[cell] == 0 && cells[cell + 1] == 0;
    }

    private void set(int cell, long high, long low, long userHigh, long userLow) {
      cells[cell] = high;
      cells[cell + 1] = low;
      cells[cell + 2] = userHigh;
      cells[cell + 3] = userLow;
    }

    private void grow() {
      long[] before = cells;
      int slots = before.length / STRIDE;
      cells = new long[(slots + slots / 4 + 4) * STRIDE];
      for (int i = 0; i < before.length; i += STRIDE) {
        if (before[i] != 0 || before[i + 1] != 0) {
          set(
              cell(before[i], before[i + 1]),
              before[i],
              before[i + 1],
              before[i + 2],
              before[i + 3]);
        }
      }
    }
  }
}
