package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.explain.Explanation;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.Proposal;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.explain.SessionAccounts;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.fact.OutcomeFact;
import dev.tourmaline.engine.internal.fact.SummaryFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.policy.Surroundings;
import dev.tourmaline.engine.ledger.TriggerLedger.RecordedDecision;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous core of one lane, a keyed stream operator without threads and without a clock:
 * events and the time go in, evaluations come out by an {@link EvaluationListener}. Live lanes,
 * replay and tests drive the same one. Belongs to one thread.
 */
public final class SessionCore {

  private static final long FUTURE_MILLIS = 5 * 60_000L;
  private static final long YEAR_2000 = 946_684_800_000L;

  private final CoreParts parts;
  private final SessionStore store;
  private final Timers timers;

  /** Its own, against contention on cache lines. */
  private final Counters counters;

  private final EvaluationListener listener;
  private final OfferFactory factory = new OfferFactory();
  private RuleEvaluator evaluator;

  /** A cache of one entry: the session of the previous action. */
  private @Nullable UserSession recent;

  public SessionCore(CoreParts parts, RuleEvaluator evaluator, EvaluationListener listener) {
    this(parts, new Counters(), evaluator, listener);
  }

  private SessionCore(
      CoreParts parts, Counters counters, RuleEvaluator evaluator, EvaluationListener listener) {
    this.parts = parts;
    this.counters = counters;
    this.evaluator = evaluator;
    this.listener = listener;
    this.store = new SessionStore(parts, counters, evaluator, this::fireUpTo);
    this.timers = new Timers(evaluator.program());
  }

  public Counters counters() {
    return counters;
  }

  public RuleEvaluator evaluator() {
    return evaluator;
  }

  /**
   * {@return a core with this one's sessions, for another thread to drive}
   *
   * <p>Called by any thread once the {@link RuleEvaluator#fence} of this core is closed, so that
   * its own thread, wherever it is in the rules, does nothing more here. All sessions are asleep in
   * the successor, and what was due fires there.
   */
  public SessionCore successor() {
    SessionCore next = new SessionCore(parts, counters, evaluator.successor(), listener);
    next.store.adopt(store, evaluator.evaluating());
    return next;
  }

  /**
   * Adds a coverage gap of a session, which is opened if need be: events of it were lost.
   *
   * @param from its begin, and {@code to} its end, in milliseconds since the epoch
   * @param now this machine's time in milliseconds since the epoch
   */
  public void addGap(SessionKey key, long from, long to, long now) {
    counters.count(Of.COVERAGE_GAPS);
    UserSession session = session(key.productId(), key.sessionId(), now);
    session.history.addGap(from, to);
    store.settle(session, timers.next(session, evaluator), now);
  }

  /**
   * Takes an event, all of which belongs to this core.
   *
   * @param now this machine's time, or the replay's, in milliseconds since the epoch
   */
  public void accept(StreamEvent event, long now) {
    accept(event, now, now);
  }

  /**
   * Takes an event, all of which belongs to this core, and which has waited for it.
   *
   * @param arrivedAt when it came in, in milliseconds since the epoch
   * @param now this machine's time in milliseconds since the epoch
   */
  public void accept(StreamEvent event, long arrivedAt, long now) {
    if (event instanceof ActionsEvent batch) {
      take(batch, new TouchedSessions(this, arrivedAt, now));
    } else if (event instanceof SummaryEvent summary) {
      take(summary, new TouchedSessions(this, arrivedAt, now), now);
    } else if (event instanceof TriggerEvent trigger) {
      take(trigger);
    }
  }

  private void take(ActionsEvent event, TouchedSessions frame) {
    frame.run(() -> event.actions().forEach(action -> take(event, action, frame)));
  }

  private void take(ActionsEvent event, UiAction action, TouchedSessions frame) {
    String sessionId = Routing.sessionId(event, action);
    if (sessionId.isEmpty()) {
      counters.count(Of.UNROUTABLE);
      return;
    }
    String userId = Routing.userId(event, action);
    if (!areShort(event, sessionId, userId)) {
      return;
    }
    if (objects(event.productId(), sessionId, userId)) {
      return;
    }
    long forwardedAt = event.forwardedAt().toEpochMilli();
    long at = startOf(action, forwardedAt == 0 ? frame.now() : forwardedAt);
    if (!isCredible(at, frame.now())) {
      return;
    }
    UserSession session = session(event.productId(), sessionId, frame.now());
    List<Offer> offers = frame.offersOf(session);
    updateUser(session, userId, frame.now());
    take(session, action, at, forwardedAt, frame, offers);
  }

  /** Whether its ids may be kept; those of a frame were checked when it was decoded. */
  private boolean areShort(StreamEvent event, String sessionId, String userId) {
    boolean fit = Routing.areShort(event.productId(), sessionId, userId);
    if (!fit) {
      counters.reject(RejectReason.ID_TOO_LONG);
    }
    return fit;
  }

  /** Whether an event is dropped because its user has objected; his session ends with it. */
  private boolean objects(String productId, String sessionId, String userId) {
    if (!parts.objectors().object(productId, sessionId, userId)) {
      return false;
    }
    counters.count(Of.OBJECTED);
    store.drop(new SessionKey(productId, sessionId));
    return true;
  }

  /** Ends the sessions of a user, whatever is in them. */
  public void dropSessionsOf(String productId, String userId) {
    recent = null;
    store.dropIf(productId, userId);
  }

  private static long startOf(UiAction action, long otherwise) {
    Optional<Instant> start = action.start();
    return start.isPresent() ? start.get().toEpochMilli() : otherwise;
  }

  /** Whether an event time is plausible: one bad clock must not run a session's clock ahead. */
  private boolean isCredible(long at, long now) {
    if (at > now + FUTURE_MILLIS) {
      counters.reject(RejectReason.TIME_IN_FUTURE);
      return false;
    }
    if (at < YEAR_2000) {
      counters.reject(RejectReason.BAD_TIME);
      return false;
    }
    return true;
  }

  private void take(
      UserSession session,
      UiAction action,
      long at,
      long forwardedAt,
      TouchedSessions frame,
      List<Offer> offers) {
    long now = frame.now();
    counters.count(Of.ACTIONS);
    History history = session.history;
    boolean newest = history.isEmpty() || at >= history.newest();
    if (newest && !history.isEmpty()) {
      runTimers(session, at, now);
    }
    int taken = history.take(action, at, now, evaluator.program().asksForElements());
    if (taken == History.LATE || taken == History.REPEAT) {
      counters.count(taken == History.LATE ? Of.LATE : Of.REPEATS);
      return;
    }
    parts.untyped().count(action, session.key().productId(), counters);
    if (taken == History.TAKEN_AFTER_GAP) {
      counters.count(Of.COVERAGE_GAPS);
    }
    if (newest) {
      session.newestArrived(now);
    }
    countKept(history);
    ActionFact fact = ActionFact.ofTaken(session.key(), session.userId, history, action, at);
    List<Proposal> proposals = evaluator.evaluate(session, fact);
    if (!proposals.isEmpty()) {
      Duration delay = Duration.ofMillis(forwardedAt == 0 ? 0 : Math.max(0, forwardedAt - at));
      factory.addTo(
          offers,
          session,
          proposals,
          new Moment(Cause.ACTION, fact.getPath(), delay, frame.arrivedAt(), ""));
    }
    listener.acted(session.key(), session.userId, fact.kind(), fact.getPath(), now);
  }

  private void countKept(History history) {
    int forgotten = history.forgotten() + evaluator.takeForgotten();
    if (forgotten > 0) {
      counters.add(Of.FORGOTTEN, forgotten);
    }
    if (history.takenPath().isShortened()) {
      counters.count(Of.SHORTENED);
    }
  }

  private void take(TriggerEvent event) {
    String sessionId = Routing.sessionId(event);
    if (event.productId().isBlank() || sessionId.isEmpty() || event.flowId().isBlank()) {
      counters.count(Of.UNROUTABLE);
      return;
    }
    if (!areShort(event, sessionId, event.userId())) {
      return;
    }
    if (objects(event.productId(), sessionId, event.userId())) {
      return;
    }
    counters.count(Of.INBOUND);
    SessionKey session = new SessionKey(event.productId(), sessionId);
    listener.inbound(event, session, userOf(session));
  }

  private void take(SummaryEvent event, TouchedSessions frame, long now) {
    String sessionId = Routing.sessionId(event);
    if (event.productId().isBlank() || sessionId.isEmpty()) {
      counters.count(Of.UNROUTABLE);
      return;
    }
    if (!areShort(event, sessionId, event.userId())) {
      return;
    }
    if (objects(event.productId(), sessionId, event.userId())) {
      return;
    }
    long forwardedAt = event.forwardedAt().toEpochMilli();
    long at = forwardedAt == 0 ? now : forwardedAt;
    if (!isCredible(at, now)) {
      return;
    }
    counters.count(Of.SUMMARIES);
    UserSession session = session(event.productId(), sessionId, now);
    frame.run(
        () -> {
          List<Offer> offers = frame.offersOf(session);
          updateUser(session, event.userId(), now);
          evaluate(
              session,
              new SummaryFact(
                  session.key(),
                  session.userId,
                  session.history,
                  at,
                  event.summary(),
                  event.replaces()),
              Whereabouts.moment(Cause.SUMMARY, session, frame.arrivedAt(), ""),
              offers);
        });
  }

  /**
   * Processes a browser's report on a tour.
   *
   * @param rule the rule that offered it, or empty text
   * @param now this machine's time in milliseconds since the epoch
   */
  public void accept(TourFeedback feedback, String flowId, String rule, long now) {
    SessionKey key = feedback.session();
    UserSession session = session(key.productId(), key.sessionId(), now);
    TouchedSessions frame = new TouchedSessions(this, now, now);
    frame.run(
        () -> {
          List<Offer> offers = frame.offersOf(session);
          long at = session.clock() == 0 ? now : session.clock();
          evaluate(
              session,
              new OutcomeFact(key, session.userId, session.history, at, feedback, flowId, rule),
              Whereabouts.moment(Cause.OUTCOME, session, frame.arrivedAt(), feedback.triggerId()),
              offers);
        });
  }

  private void evaluate(UserSession session, HistoryFact fact, Moment moment, List<Offer> offers) {
    session.moveClockTo(session.clock() == 0 ? fact.getAt() : session.clock());
    factory.addTo(offers, session, evaluator.evaluate(session, fact), moment);
  }

  /** {@return the session's user, or empty text where the session or its user is unknown} */
  public String userOf(SessionKey key) {
    return store.userOf(key);
  }

  /**
   * Advances processing time: due timers fire, quiet sessions are passivated, old ones end.
   *
   * @param now this machine's time, or the replay's, in milliseconds since the epoch
   */
  public void advance(long now) {
    store.advance(now);
  }

  /**
   * Advances processing time to the millisecond; {@link #advance} may lag by one tick of the timer
   * wheel.
   *
   * @param now the time in milliseconds since the epoch
   */
  public void advanceExactly(long now) {
    store.advanceExactly(now);
  }

  /**
   * Migrates every session to other rules. Events and timers before the migration fire nothing.
   * Where it throws, sessions are as they were or have migrated; migrating back is safe.
   *
   * @param now this machine's time in milliseconds since the epoch
   */
  public void moveTo(RuleProgram program, long now) {
    store.advanceExactly(now);
    recent = null;
    RuleEvaluator next = evaluator.migratedTo(program);
    evaluator = next;
    timers.moveTo(program);
    store.moveTo(next, timers, now);
  }

  /** Passes on the state of every session, as {@link #restore} takes it in. */
  void save(Consumer<byte[]> logs) {
    recent = null;
    store.save(logs);
  }

  /** Takes in a session that was saved, be it by another process with other rules. */
  void restore(byte[] log) {
    store.restore(log);
  }

  /** Disposes all sessions. */
  public void close() {
    store.close();
    recent = null;
  }

  private UserSession session(String productId, String sessionId, long now) {
    UserSession last = recent;
    if (last != null
        && last.isAwake()
        && last.key().sessionId().equals(sessionId)
        && last.key().productId().equals(productId)
        && !store.hasEnded(last, now)) {
      store.touch(last, now);
      return last;
    }
    UserSession session = store.awake(new SessionKey(productId, sessionId), now);
    recent = session;
    return session;
  }

  private void updateUser(UserSession session, String userId, long now) {
    if (!userId.isEmpty() && !userId.equals(session.userId)) {
      String before = session.userId;
      session.userId = userId;
      listener.userKnown(session.key(), userId, before, now);
    }
  }

  private long fireUpTo(UserSession session, long now) {
    runTimers(session, session.clockAt(now), now);
    return timers.next(session, evaluator);
  }

  /** Fires the timers due up to a value of the session clock, each at its own event time. */
  private void runTimers(UserSession session, long upTo, long now) {
    long due = timers.next(session, evaluator);
    while (due <= upTo) {
      long reached = session.whenClockReaches(due);
      session.moveClockTo(due);
      List<Offer> offers = new ArrayList<>(0);
      Instant dueAt = Instant.ofEpochMilli(Math.min(now, reached));
      Moment moment = Whereabouts.moment(Cause.TIME, session, dueAt, "");
      for (HistoryFact fact : timers.dueAt(session, due)) {
        factory.addTo(offers, session, evaluator.evaluate(session, fact), moment);
      }
      factory.addTo(offers, session, evaluator.advance(session), moment);
      emit(session, offers, Math.min(now, reached), reached <= now);
      long next = timers.next(session, evaluator);
      due = next > due ? next : Long.MAX_VALUE;
    }
    session.moveClockTo(upTo);
  }

  /** Begins with a session in a frame: fires the timers that are due before it. */
  void begin(UserSession session, long now) {
    runTimers(session, session.clockAt(now), now);
  }

  /** Ends with a session in a frame, whatever happened in it. */
  void finish(UserSession session, List<Offer> offers, long now) {
    try {
      emit(session, offers, now, false);
    } finally {
      store.settle(session, timers.next(session, evaluator), now);
    }
  }

  private void emit(UserSession session, List<Offer> offers, long now, boolean byTime) {
    if (!offers.isEmpty()) {
      offers.sort(OfferFactory.IN_ORDER);
      Surroundings where = Whereabouts.of(session, offers, evaluator.program(), session.clock());
      listener.evaluated(new Evaluation(now, byTime, offers, where));
    }
  }

  /**
   * {@return what is known now of the visitor for whom a tour was offered; of one whose session has
   * ended, that he is on no page}
   *
   * @param now this machine's time in milliseconds since the epoch
   */
  public Surroundings surroundingsOf(Offer offer, long now) {
    Optional<UserSession> found = store.find(offer.session(), now);
    if (found.isEmpty()) {
      return Whereabouts.GONE;
    }
    UserSession session = found.get();
    try {
      return Whereabouts.of(session, List.of(offer), evaluator.program(), session.clockAt(now));
    } finally {
      store.settle(session, timers.next(session, evaluator), now);
    }
  }

  /**
   * {@return why tours were, or were not, offered to a session}
   *
   * @param decisions its last decisions, oldest first
   * @param now this machine's time in milliseconds since the epoch
   */
  public Explanation explain(SessionKey key, List<RecordedDecision> decisions, long now) {
    Optional<UserSession> found = store.find(key, now);
    if (found.isEmpty()) {
      return Explanation.ofUnknown(key, decisions);
    }
    UserSession session = found.get();
    try {
      return new SessionAccounts(
              evaluator.program(), key, session.userId, session.history, session.clockAt(now))
          .with(decisions);
    } finally {
      store.settle(session, timers.next(session, evaluator), now);
    }
  }
}
