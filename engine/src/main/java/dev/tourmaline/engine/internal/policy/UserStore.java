package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.user.UserMemory;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The records of users by whom they are known as: their id, or their session's while that is not
 * known. Thread-safe by lock striping: who holds a record is alone with it.
 */
final class UserStore {

  private static final int LOCKS = 256;
  private static final int SESSIONS = 1_000_000;

  private final UserMemory memory;
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final KnownUsers known = new KnownUsers(SESSIONS);

  UserStore(UserMemory memory) {
    this.memory = memory;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** A record that its holder may read and change; saved only if he says so. */
  final class Held implements AutoCloseable {

    private final Fingerprint key;
    private final boolean isNew;
    private final UserTours tours;
    private final long seed;

    private Held(Fingerprint key, String productId) {
      this.key = key;
      lock(key).lock();
      try {
        Optional<byte[]> saved = memory.read(key.pseudonym());
        isNew = saved.isEmpty();
        tours = saved.map(bytes -> UserRecord.read(productId, bytes)).orElseGet(UserTours::new);
        seed = tours.seed;
      } catch (RuntimeException | Error e) {
        lock(key).unlock();
        throw e;
      }
    }

    UserTours tours() {
      return tours;
    }

    /** Whether nothing is remembered. */
    boolean isNew() {
      return isNew;
    }

    /** Saves it if something was decided, or if the user has been assigned to shares. */
    void saveIf(boolean decided) {
      if (decided || tours.seed != seed) {
        save();
      }
    }

    void save() {
      memory.write(key.pseudonym(), UserRecord.write(tours));
    }

    @Override
    public void close() {
      lock(key).unlock();
    }
  }

  /** Holds the record of a user, or of a session whose user is not known. */
  Held hold(SessionKey session, String userId) {
    return new Held(keyOf(session, userId), session.productId());
  }

  Held hold(TourTrigger trigger) {
    return hold(trigger.session(), trigger.userId());
  }

  Held holdUser(String productId, String userId) {
    return new Held(Fingerprint.ofUser(productId, userId), productId);
  }

  Fingerprint keyOf(SessionKey session, String userId) {
    if (!userId.isEmpty()) {
      return Fingerprint.ofUser(session.productId(), userId);
    }
    Fingerprint anonymous = Fingerprint.ofSession(session);
    return known.of(anonymous).orElse(anonymous);
  }

  /** Merges the record of a session into that of its user, who has become known. */
  void join(SessionKey session, String userId) {
    Fingerprint anonymous = Fingerprint.ofSession(session);
    Fingerprint user = Fingerprint.ofUser(session.productId(), userId);
    boolean swap = lockNumber(anonymous) > lockNumber(user);
    ReentrantLock first = lock(swap ? user : anonymous);
    ReentrantLock second = lock(swap ? anonymous : user);
    first.lock();
    second.lock();
    try {
      // Also without a record: the session may come back without its user.
      known.note(anonymous, user);
      Optional<byte[]> earlier = memory.read(anonymous.pseudonym());
      if (earlier.isPresent()) {
        try (Held joined = new Held(user, session.productId())) {
          joined.tours().join(UserRecord.read(session.productId(), earlier.get()));
          joined.save();
        }
        memory.delete(anonymous.pseudonym());
      }
    } finally {
      second.unlock();
      first.unlock();
    }
  }

  /** Deletes what is remembered of a user. */
  void forget(String productId, String userId) {
    Fingerprint key = Fingerprint.ofUser(productId, userId);
    ReentrantLock lock = lock(key);
    lock.lock();
    try {
      memory.delete(key.pseudonym());
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Fingerprint key) {
    return locks[lockNumber(key)];
  }

  private static int lockNumber(Fingerprint key) {
    return (key.hashCode() * 0x9E3779B9 >>> 8) % LOCKS;
  }
}
