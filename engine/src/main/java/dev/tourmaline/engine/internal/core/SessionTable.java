package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.session.SessionKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The residents of a lane by their key: an open-addressed table whose hashes lie side by side, so
 * that a look-up among a hundred thousand sessions touches memory twice or three times and not at
 * every node of a chain. Belongs to one thread.
 */
final class SessionTable {

  private static final int FIRST_SLOTS = 64;

  private int[] hashes = new int[FIRST_SLOTS];
  private @Nullable Resident[] residents = new Resident[FIRST_SLOTS];
  private int size;

  int size() {
    return size;
  }

  @Nullable Resident get(SessionKey key) {
    int hash = hash(key);
    int slot = hash & hashes.length - 1;
    while (true) {
      Resident resident = residents[slot];
      if (resident == null || hashes[slot] == hash && resident.key().equals(key)) {
        return resident;
      }
      slot = slot + 1 & hashes.length - 1;
    }
  }

  /** Puts a resident in the place of the one with the same key, if there is one. */
  void put(Resident resident) {
    SessionKey key = resident.key();
    int hash = hash(key);
    int slot = hash & hashes.length - 1;
    while (true) {
      Resident there = residents[slot];
      if (there == null) {
        break;
      }
      if (hashes[slot] == hash && there.key().equals(key)) {
        residents[slot] = resident;
        return;
      }
      slot = slot + 1 & hashes.length - 1;
    }
    hashes[slot] = hash;
    residents[slot] = resident;
    size++;
    if (size * 3L > hashes.length * 2L) {
      grow();
    }
  }

  void remove(SessionKey key) {
    int hash = hash(key);
    int mask = hashes.length - 1;
    int slot = hash & mask;
    while (true) {
      Resident there = residents[slot];
      if (there == null) {
        return;
      }
      if (hashes[slot] == hash && there.key().equals(key)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    size--;
    // What follows moves up to where its search begins, so that no search ends at the gap.
    int gap = slot;
    int next = gap + 1 & mask;
    while (residents[next] != null) {
      int home = hashes[next] & mask;
      if ((next - home & mask) >= (next - gap & mask)) {
        hashes[gap] = hashes[next];
        residents[gap] = residents[next];
        gap = next;
      }
      next = next + 1 & mask;
    }
    residents[gap] = null;
  }

  void clear() {
    hashes = new int[FIRST_SLOTS];
    residents = new Resident[FIRST_SLOTS];
    size = 0;
  }

  void forEach(Consumer<Resident> step) {
    for (Resident resident : residents) {
      if (resident != null) {
        step.accept(resident);
      }
    }
  }

  private void grow() {
    int[] oldHashes = hashes;
    Resident[] old = residents;
    hashes = new int[oldHashes.length * 2];
    residents = new Resident[hashes.length];
    int mask = hashes.length - 1;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int slot = oldHashes[i] & mask;
        while (residents[slot] != null) {
          slot = slot + 1 & mask;
        }
        hashes[slot] = oldHashes[i];
        residents[slot] = old[i];
      }
    }
  }

  /** Session ids that differ little must not lie in a row, and lanes share the low bits. */
  private static int hash(SessionKey key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }
}
