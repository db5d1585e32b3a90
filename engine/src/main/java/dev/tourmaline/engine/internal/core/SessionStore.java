package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.LostThreadError;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keyed state store of one lane: opens user sessions, passivates quiet ones to a log of bytes
 * ("puts them to sleep"), reactivates them on their next event or timer, and ends them. Belongs to
 * one thread.
 *
 * <p>Where too many are awake, those not used lately are put to sleep; where there are too many at
 * all, or they take too many bytes, those asleep for longest end before their time.
 */
final class SessionStore {

  private static final long NEVER = Long.MAX_VALUE;

  /** A session with more than this part of the bytes begins anew: it costs no other its place. */
  private static final int LARGEST_SHARE = 16;

  private final SessionTable entries = new SessionTable();
  private final AwakeSessions awake = new AwakeSessions();
  private final SleepingQueue sleepers = new SleepingQueue();
  private final TimerWheel wheel = new TimerWheel();
  private final CoreParts parts;
  private final Counters counters;
  private final SessionLogs logs;
  private final long sleepAfter;
  private final SessionWindow window;
  private final int maxAwake;
  private final int maxSessions;
  private final long maxBytes;
  private final Expiry expiry;
  private RuleEvaluator evaluator;

  /** Processing time of the last event of any session that was ended before its time. */
  private long evictedUpTo = Long.MIN_VALUE;

  /** Processing time at which the rules came into force. */
  private long rulesSince;

  /** Fires the due timers of a session. */
  interface Expiry {

    /** Fires them; {@return the value of the session clock at which something is due next} */
    long fireUpTo(UserSession session, long now);
  }

  SessionStore(CoreParts parts, Counters counters, RuleEvaluator evaluator, Expiry expiry) {
    SessionLimits limits = parts.limits();
    this.parts = parts;
    this.counters = counters;
    this.evaluator = evaluator;
    this.expiry = expiry;
    this.logs = new SessionLogs(this::history);
    this.sleepAfter = limits.sleepAfter().toMillis();
    this.window = SessionWindow.of(limits);
    this.maxAwake = limits.maxAwake();
    this.maxSessions = limits.maxSessions();
    this.maxBytes = limits.maxBytes();
  }

  private History history(SessionKey key) {
    return new History(parts.paths(), parts.gaps().apply(key.productId()), parts.limits());
  }

  /** The session, opened or woken if need be; an event of it has just arrived. */
  UserSession awake(SessionKey key, long now) {
    SessionEntry entry = entries.get(key);
    UserSession session = entry == null ? null : wake(key, entry);
    if (session != null && hasEnded(session, now)) {
      expiry.fireUpTo(session, window.endOf(session) - 1);
      end(session);
      session = null;
    }
    if (session == null) {
      session = open(key, now);
    }
    touch(session, now);
    return session;
  }

  /** Marks a session used and pins it until {@link #settle}: an event has just arrived. */
  void touch(UserSession session, long now) {
    session.lastEventAt = now;
    session.used = true;
    awake.pin(session);
  }

  private UserSession open(SessionKey key, long now) {
    UserSession session = new UserSession(key, history(key), "", now, now);
    counters.count(Of.SESSIONS);
    if (evictedUpTo >= now - window.idleTimeout()) {
      // It may have been ended before its time: what came before is not known.
      session.history.addGap(evictedUpTo - window.maxAge(), evictedUpTo);
    }
    add(session);
    return session;
  }

  private UserSession wake(SessionKey key, SessionEntry entry) {
    if (entry instanceof UserSession session) {
      return session;
    }
    SleepingSession sleeping = (SleepingSession) entry;
    wheel.cancel(sleeping);
    UserSession session = logs.load(key, sleeping.log, evaluator, rulesSince);
    sleepers.remove(sleeping);
    counters.count(Of.WOKEN);
    counters.add(Of.ASLEEP, -1);
    add(session);
    return session;
  }

  private void add(UserSession session) {
    evictDownTo(maxAwake - 1);
    awake.add(session, evaluator);
    entries.put(session.key(), session);
    counters.count(Of.AWAKE);
  }

  /** Ends sessions before their time, the oldest first, until the others have room. */
  private void makeRoom() {
    while (isOverBytes() && (awake.bytes() > maxBytes / 2 || sleepers.oldest() == null)) {
      if (!evictDownTo(awake.size() - 1)) {
        break;
      }
    }
    while (isOverBytes() || entries.size() > maxSessions) {
      if (sleepers.oldest() == null && !evictDownTo(awake.size() - 1)) {
        return;
      }
      evict(Objects.requireNonNull(sleepers.oldest()));
    }
  }

  private boolean isOverBytes() {
    return awake.bytes() + sleepers.bytes() > maxBytes;
  }

  private void evict(SleepingSession sleeping) {
    evictedUpTo = Math.max(evictedUpTo, SessionHeader.of(sleeping.log).lastEventAt());
    wheel.cancel(sleeping);
    forget(sleeping);
    counters.count(Of.EVICTED);
  }

  private void forget(SleepingSession sleeping) {
    sleepers.remove(sleeping);
    entries.remove(sleeping.key());
    counters.add(Of.ASLEEP, -1);
  }

  /**
   * Puts sessions to sleep that have not been used lately. Sessions that an event is being
   * evaluated in are pinned, even beyond the bound.
   *
   * @return whether no more than that are awake
   */
  private boolean evictDownTo(int bound) {
    while (awake.size() > bound) {
      Optional<UserSession> victim = awake.notUsedLately();
      if (victim.isEmpty()) {
        return false;
      }
      sleep(victim.get());
    }
    return true;
  }

  boolean hasEnded(UserSession session, long now) {
    return window.hasEnded(session, now);
  }

  /** A session that has not ended, woken if need be; no event of it has arrived. */
  Optional<UserSession> find(SessionKey key, long now) {
    SessionEntry entry = entries.get(key);
    boolean isThere =
        entry instanceof UserSession session
            ? !hasEnded(session, now)
            : entry instanceof SleepingSession sleeping && now < window.endOf(sleeping);
    return isThere ? Optional.of(wake(key, Objects.requireNonNull(entry))) : Optional.empty();
  }

  /** Ends a session, if it is there, and keeps nothing of it. */
  void drop(SessionKey key) {
    SessionEntry entry = entries.get(key);
    if (entry instanceof UserSession session) {
      end(session);
    } else if (entry instanceof SleepingSession sleeping) {
      wheel.cancel(sleeping);
      forget(sleeping);
    }
  }

  /** Ends the sessions of a user. Looks at all that there are. */
  void dropIf(String productId, String userId) {
    List<SessionKey> his = new ArrayList<>();
    awake.forEach(
        session -> {
          if (session.userId.equals(userId) && session.key().productId().equals(productId)) {
            his.add(session.key());
          }
        });
    for (SleepingSession each = sleepers.oldest(); each != null; each = each.newer) {
      if (SessionHeader.user(each.log).equals(userId) && each.key().productId().equals(productId)) {
        his.add(each.key());
      }
    }
    his.forEach(this::drop);
  }

  String userOf(SessionKey key) {
    SessionEntry entry = entries.get(key);
    if (entry instanceof UserSession session) {
      return session.userId;
    }
    return entry instanceof SleepingSession sleeping ? SessionHeader.user(sleeping.log) : "";
  }

  /** Schedules the next check: when the session clock reaches a value, or it is to sleep. */
  private void schedule(UserSession session, long dueClock) {
    long due = dueClock == NEVER ? NEVER : session.whenClockReaches(dueClock);
    session.dueAt = due;
    long check = Math.min(due, session.lastEventAt + sleepAfter);
    // A check that is scheduled earlier reschedules itself.
    if (!session.isScheduled() || check < session.due()) {
      wheel.schedule(session, check);
    }
  }

  private void sleep(UserSession session) {
    byte[] log = logs.save(session, evaluator);
    SleepingSession sleeping = new SleepingSession(log);
    remove(session);
    entries.put(session.key(), sleeping);
    sleepers.add(sleeping);
    counters.count(Of.ASLEEP);
    wheel.schedule(sleeping, Math.min(session.dueAt, window.endOf(session)));
  }

  private void end(UserSession session) {
    remove(session);
    entries.remove(session.key());
  }

  private void remove(UserSession session) {
    wheel.cancel(session);
    evaluator.close(session);
    awake.remove(session);
    counters.add(Of.AWAKE, -1);
  }

  void advance(long now) {
    wheel.advance(now, entry -> expire((SessionEntry) entry, now));
  }

  void advanceExactly(long now) {
    wheel.advanceExactly(now, entry -> expire((SessionEntry) entry, now));
  }

  private void expire(SessionEntry entry, long now) {
    if (entry instanceof UserSession session && !session.isAwake()) {
      return; // It was put to sleep or ended since it came due.
    }
    if (entry instanceof SleepingSession sleeping && window.endOf(sleeping) <= sleeping.due()) {
      forget(sleeping);
      return;
    }
    UserSession session = wake(entry.key(), entry);
    long next = NEVER;
    boolean fenced = false;
    try {
      next = expiry.fireUpTo(session, Math.min(now, window.endOf(session) - 1));
    } catch (LostThreadError e) {
      fenced = true;
      throw e;
    } finally {
      // Whatever its timers did: a session that has ended ends.
      if (!fenced) {
        endOrSettle(session, next, now);
      }
    }
  }

  private void endOrSettle(UserSession session, long dueClock, long now) {
    if (hasEnded(session, now)) {
      end(session);
    } else {
      settle(session, dueClock, now);
    }
  }

  /** Unpins a session after an event or a timer: schedules its next check, or puts it to sleep. */
  void settle(UserSession session, long dueClock, long now) {
    if (!session.isAwake()) {
      return;
    }
    awake.unpin(session);
    awake.weigh(session, evaluator);
    if (session.bytes > maxBytes / LARGEST_SHARE) {
      beginAnew(session, now);
      return;
    }
    schedule(session, dueClock);
    if (parts.alwaysSleep() || now - session.lastEventAt >= sleepAfter) {
      sleep(session);
    } else {
      evictDownTo(maxAwake);
    }
    makeRoom();
  }

  /** Replaces a session that takes too much by one that knows nothing of it but its user. */
  private void beginAnew(UserSession session, long now) {
    end(session);
    counters.count(Of.EVICTED);
    UserSession next =
        new UserSession(
            session.key(),
            history(session.key()),
            session.userId,
            session.openedAt,
            session.lastEventAt);
    next.history.addGap(session.openedAt, Math.max(now, session.newest()));
    add(next);
    schedule(next, NEVER);
  }

  /** Migrates all sessions to another evaluator, through their logs. */
  void moveTo(RuleEvaluator next, Timers timers, long now) {
    rulesSince = now;
    List<UserSession> before = awake.all();
    before.forEach(this::sleep);
    evaluator = next;
    for (UserSession each : before) {
      UserSession session = wake(each.key(), Objects.requireNonNull(entries.get(each.key())));
      schedule(session, timers.next(session, next));
    }
    List<SleepingSession> asleep = new ArrayList<>();
    entries.forEach(
        entry -> {
          if (entry instanceof SleepingSession sleeping) {
            asleep.add(sleeping);
          }
        });
    asleep.forEach(sleeping -> reschedule(sleeping, timers));
  }

  /** Recomputes the timers of a sleeping session, which depend on the rules. */
  private void reschedule(SleepingSession sleeping, Timers timers) {
    if (evaluator.program().timed() && SessionHeader.of(sleeping.log).retains()) {
      UserSession session = wake(sleeping.key(), sleeping);
      schedule(session, timers.next(session, evaluator));
      sleep(session);
    } else {
      long due = SessionHeader.of(sleeping.log).dueAt(timers, rulesSince);
      wheel.schedule(sleeping, Math.min(due, window.endOf(sleeping)));
    }
  }

  /**
   * Takes over the sessions of a store whose thread is lost.
   *
   * @param stuck the session in whose rules the thread is; its own state is read no more than it
   *     was when the rules were called
   */
  void adopt(SessionStore lost, Optional<SessionKey> stuck) {
    rulesSince = lost.rulesSince;
    evictedUpTo = lost.evictedUpTo;
    for (SleepingSession each = lost.sleepers.oldest(); each != null; each = each.newer) {
      adopt(each.key(), each.log, each.due());
    }
    lost.awake.forEach(
        session -> {
          boolean isStuck = stuck.isPresent() && session.key().equals(stuck.get());
          adopt(lost, session, isStuck);
        });
    // The thread holds on to its store for as long as it hangs.
    lost.awake.clear();
    lost.entries.clear();
    lost.sleepers.clear();
    lost.wheel.clear();
  }

  private void adopt(SessionStore lost, UserSession session, boolean isStuck) {
    byte[] log =
        isStuck ? logs.saveStuck(session, lost.evaluator) : logs.save(session, lost.evaluator);
    if (!isStuck) {
      lost.evaluator.close(session);
    }
    counters.add(Of.AWAKE, -1);
    counters.count(Of.ASLEEP);
    // What its timers are due for is not known before it is awake again.
    adopt(
        session.key(),
        log,
        isStuck || session.pinned ? 0 : Math.min(session.dueAt, window.endOf(session)));
  }

  private void adopt(SessionKey key, byte[] log, long due) {
    SleepingSession sleeping = new SleepingSession(log);
    entries.put(key, sleeping);
    sleepers.add(sleeping);
    wheel.schedule(sleeping, due);
  }

  /** Puts all sessions to sleep, and passes on their logs, those asleep for longest first. */
  void save(Consumer<byte[]> logsOf) {
    awake.all().forEach(this::sleep);
    for (SleepingSession each = sleepers.oldest(); each != null; each = each.newer) {
      logsOf.accept(each.log);
    }
  }

  /** Takes in a session that was saved, be it by another process. */
  void restore(byte[] log) {
    counters.count(Of.ASLEEP);
    adopt(SessionHeader.key(log), log, 0);
  }

  void close() {
    awake.forEach(evaluator::close);
    awake.clear();
    entries.clear();
    sleepers.clear();
  }
}
