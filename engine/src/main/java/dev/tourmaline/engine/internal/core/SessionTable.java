package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.session.SessionKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of session entries by their key, with open addressing, linear probing and backward
 * shift deletion (Knuth, TAOCP 3, 6.4, algorithm R). Hashes lie side by side, so that a look-up
 * among a hundred thousand sessions touches memory two or three times; they are keyed, so that no
 * choice of ids makes one longer. Belongs to one thread.
 */
final class SessionTable {

  private static final int FIRST_SLOTS = 64;

  private final KeyedHash hash = KeyedHash.random();

  private int[] hashes = new int[FIRST_SLOTS];
  private @Nullable SessionEntry[] entries = new SessionEntry[FIRST_SLOTS];
  private int size;

  int size() {
    return size;
  }

  @Nullable SessionEntry get(SessionKey key) {
    int hash = hash(key);
    int slot = hash & hashes.length - 1;
    while (true) {
      SessionEntry entry = entries[slot];
      if (entry == null || hashes[slot] == hash && entry.key().equals(key)) {
        return entry;
      }
      slot = slot + 1 & hashes.length - 1;
    }
  }

  /** Puts an entry in the place of the one with the same key, if there is one. */
  void put(SessionKey key, SessionEntry entry) {
    int hash = hash(key);
    int slot = hash & hashes.length - 1;
    while (true) {
      SessionEntry there = entries[slot];
      if (there == null) {
        break;
      }
      if (hashes[slot] == hash && there.key().equals(key)) {
        entries[slot] = entry;
        return;
      }
      slot = slot + 1 & hashes.length - 1;
    }
    hashes[slot] = hash;
    entries[slot] = entry;
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
      SessionEntry there = entries[slot];
      if (there == null) {
        return;
      }
      if (hashes[slot] == hash && there.key().equals(key)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    size--;
    // Backward shift: following entries move up, so that no probe ends at the gap.
    int gap = slot;
    int next = gap + 1 & mask;
    while (entries[next] != null) {
      int home = hashes[next] & mask;
      if ((next - home & mask) >= (next - gap & mask)) {
        hashes[gap] = hashes[next];
        entries[gap] = entries[next];
        gap = next;
      }
      next = next + 1 & mask;
    }
    entries[gap] = null;
  }

  void clear() {
    hashes = new int[FIRST_SLOTS];
    entries = new SessionEntry[FIRST_SLOTS];
    size = 0;
  }

  void forEach(Consumer<SessionEntry> step) {
    for (SessionEntry entry : entries) {
      if (entry != null) {
        step.accept(entry);
      }
    }
  }

  private void grow() {
    int[] oldHashes = hashes;
    SessionEntry[] old = entries;
    hashes = new int[oldHashes.length * 2];
    entries = new SessionEntry[hashes.length];
    int mask = hashes.length - 1;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int slot = oldHashes[i] & mask;
        while (entries[slot] != null) {
          slot = slot + 1 & mask;
        }
        hashes[slot] = oldHashes[i];
        entries[slot] = old[i];
      }
    }
  }

  /** How many slots a look-up of a key visits. */
  int probes(SessionKey key) {
    int hash = hash(key);
    int slot = hash & hashes.length - 1;
    int visited = 1;
    for (SessionEntry entry = entries[slot];
        entry != null && !(hashes[slot] == hash && entry.key().equals(key));
        entry = entries[slot]) {
      slot = slot + 1 & hashes.length - 1;
      visited++;
    }
    return visited;
  }

  private int hash(SessionKey key) {
    return (int) hash.of(0, key.productId(), key.sessionId());
  }
}
