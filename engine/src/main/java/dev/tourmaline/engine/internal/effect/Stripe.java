package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.user.Pseudonym;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One part of the users under observation, by their keys. Guarded by {@link #lock}, which its
 * callers hold for writing; {@link #isWaiting} takes what it needs itself.
 */
final class Stripe {

  private final StampedLock lock = new StampedLock();
  private final SettledUsers settled = new SettledUsers();
  private WaitingUsers waiting = new WaitingUsers();

  StampedLock lock() {
    return lock;
  }

  int waiting() {
    return waiting.size();
  }

  int settled() {
    return settled.size();
  }

  /** {@return whether a user waits in any experiment; without a lock unless somebody writes} */
  boolean isWaiting(Pseudonym user) {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      boolean found = waiting.contains(user);
      if (lock.validate(stamp)) {
        return found;
      }
    }
    stamp = lock.readLock();
    try {
      return waiting.contains(user);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  Optional<Enrolment> find(Pseudonym user, Experiment experiment) {
    int entry = waiting.find(user, experiment.id());
    if (entry != WaitingUsers.NONE) {
      return Optional.of(enrolment(entry, experiment));
    }
    long word = settled.facts(SettledUsers.key(user, experiment.id()));
    return word == 0 ? Optional.empty() : Optional.of(SettledUsers.enrolment(word));
  }

  void put(Pseudonym user, Experiment experiment, Enrolment enrolment) {
    experiment.tally(enrolment, 1);
    store(user, experiment, enrolment);
  }

  void remove(Pseudonym user, Experiment experiment, Enrolment enrolment) {
    experiment.tally(enrolment, -1);
    if (enrolment.state() == Enrolment.State.WAITING) {
      waiting.remove(waiting.find(user, experiment.id()));
    } else {
      settled.remove(SettledUsers.key(user, experiment.id()));
    }
  }

  private void store(Pseudonym user, Experiment experiment, Enrolment enrolment) {
    int id = experiment.id();
    if (enrolment.state() != Enrolment.State.WAITING) {
      settled.put(SettledUsers.key(user, id), id, enrolment);
      return;
    }
    if (waiting.isFull()) {
      waiting = waiting.resized();
    }
    waiting.add(
        user,
        id,
        enrolment.at() + experiment.window(),
        enrolment.arm(),
        enrolment.place(),
        enrolment.isSuccess() ? enrolment.reached() - enrolment.at() : Enrolment.NEVER);
  }

  /** Notes that a user has reached the goals of some experiments, where he is within the window. */
  void reached(
      Pseudonym user, long at, IntFunction<@Nullable Experiment> byId, Predicate<String> of) {
    for (int entry = waiting.first(user);
        entry != WaitingUsers.NONE;
        entry = waiting.following(user, entry)) {
      Experiment experiment = byId.apply(waiting.experiment(entry));
      long since = experiment == null ? -1 : at - (waiting.due(entry) - experiment.window());
      if (experiment != null
          && since >= 0
          && since <= experiment.window()
          && since < waiting.untilReached(entry)
          && of.test(experiment.rule())) {
        waiting.reached(entry, since);
      }
    }
  }

  /**
   * Counts some of those whose window is over.
   *
   * @return how many; none if all are counted
   */
  int mature(long now, int most, IntFunction<@Nullable Experiment> byId) {
    int count = 0;
    for (int entry = waiting.dueBefore(now);
        entry != WaitingUsers.NONE && count < most;
        entry = waiting.dueBefore(now)) {
      Experiment experiment = byId.apply(waiting.experiment(entry));
      if (experiment != null) {
        Pseudonym user = waiting.user(entry);
        store(user, experiment, experiment.counted(enrolment(entry, experiment)));
      }
      waiting.remove(entry);
      count++;
    }
    if (waiting.isSpacious()) {
      waiting = waiting.resized();
    }
    return count;
  }

  /** Forgets all users of an experiment, without a word to it. */
  void forget(int experiment) {
    waiting = waiting.without(experiment);
    settled.removeAll(experiment);
  }

  private Enrolment enrolment(int entry, Experiment experiment) {
    long at = waiting.due(entry) - experiment.window();
    long until = waiting.untilReached(entry);
    return new Enrolment(
        Enrolment.State.WAITING,
        waiting.arm(entry),
        at,
        until == Enrolment.NEVER ? Enrolment.NEVER : at + until,
        waiting.share(entry));
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(waiting.size());
    for (int i = 0; i < waiting.size(); i++) {
      int entry = waiting.queued(i);
      Pseudonym user = waiting.user(entry);
      out.writeLong(user.high());
      out.writeLong(user.low());
      out.writeLong(waiting.word(entry));
      out.writeInt(waiting.reachedWord(entry));
    }
    settled.save(out);
  }

  void restore(DataInput in, IntFunction<@Nullable Experiment> byId) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      if (waiting.isFull()) {
        waiting = waiting.resized();
      }
      Pseudonym user = new Pseudonym(in.readLong(), in.readLong());
      int entry = waiting.add(user, in.readLong(), in.readInt());
      Experiment experiment = Objects.requireNonNull(byId.apply(waiting.experiment(entry)));
      experiment.tally(enrolment(entry, experiment), 1);
    }
    settled.restore(
        in,
        word ->
            Objects.requireNonNull(byId.apply(SettledUsers.experiment(word)))
                .tally(SettledUsers.enrolment(word), 1));
  }
}
