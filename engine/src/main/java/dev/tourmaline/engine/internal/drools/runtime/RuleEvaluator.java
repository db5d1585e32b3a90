package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.runtime.RuleSession.RetainedAction;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.fact.RuleBudget;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.rule.RuleFailure;
import dev.tourmaline.engine.session.SessionKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Evaluates the rules of one program in the sessions of one lane. Failures are isolated: the
 * session is rebuilt without the rule that failed, and after three failures the rule is in
 * quarantine; one that exceeds its time is so at once. Belongs to its lane's thread, which passes
 * an {@link EvaluationFence} whenever it calls rules.
 */
public final class RuleEvaluator {

  /** So many firings in one evaluation are an endless loop. */
  private static final int FIRINGS = 1_000;

  /** The allowed lateness: an action this much older than the newest one still joins. */
  private static final long LATENESS_MILLIS = 30_000;

  private static final RetainedAction[] NOTHING = {};

  private final RuleProgram program;
  private final int mostRetained;
  private final Consumer<RuleFailure> failures;
  private final EvaluationFence fence;
  private final OfferCollector offers;
  private final CandidateRules candidates;
  private final long[] mask;
  private final EmptySessionCache empty = new EmptySessionCache();
  private long evaluated;
  private int forgotten;

  /** Makes an evaluator that nobody watches. */
  public RuleEvaluator(
      RuleProgram program, boolean prefiltered, int mostRetained, Consumer<RuleFailure> failures) {
    this(program, prefiltered, mostRetained, failures, new EvaluationFence(RuleBudget.unlimited()));
  }

  public RuleEvaluator(
      RuleProgram program,
      boolean prefiltered,
      int mostRetained,
      Consumer<RuleFailure> failures,
      EvaluationFence fence) {
    this.program = program;
    this.mostRetained = mostRetained;
    this.failures = failures;
    this.fence = fence;
    this.offers = new OfferCollector(program);
    this.candidates = new CandidateRules(program, prefiltered);
    this.mask = candidates.mask;
  }

  /**
   * {@return an evaluator of other rules for the same thread; retained actions stay with the rules
   * that matched them, as far as these are unchanged}
   */
  public RuleEvaluator migratedTo(RuleProgram next) {
    return following(next, fence);
  }

  /** {@return an evaluator of the same rules for another thread, which takes this one's place} */
  public RuleEvaluator successor() {
    return following(program, fence.renewed());
  }

  private RuleEvaluator following(RuleProgram next, EvaluationFence through) {
    RuleEvaluator follower =
        new RuleEvaluator(next, candidates.isPrefiltered(), mostRetained, failures, through);
    follower.evaluated = evaluated;
    return follower;
  }

  public RuleProgram program() {
    return program;
  }

  /** {@return the fence that this evaluator's thread passes} */
  public EvaluationFence fence() {
    return fence;
  }

  /**
   * Switches a rule off until the rules are replaced; any thread may call it.
   *
   * @return whether there is a rule of that name
   */
  public boolean switchOff(String rule) {
    Optional<RuleDefinition> named = program.named(rule);
    named.ifPresent(found -> program.quarantine().switchOff(found.index()));
    return named.isPresent();
  }

  /** Switches all rules off until they are replaced; any thread may call it. */
  public void switchOffAll() {
    program.rules().forEach(rule -> program.quarantine().switchOff(rule.index()));
  }

  /** {@return the session that is being evaluated or was last; any thread may ask} */
  public Optional<SessionKey> evaluating() {
    return Optional.ofNullable(offers.session());
  }

  /** {@return how many facts have reached Drools} */
  public long evaluated() {
    return evaluated;
  }

  /** {@return the rule running in this lane, or empty text if unknown; any thread may call it} */
  public String ruleIn(StackTraceElement[] stack) {
    // Drools evaluates some conditions lazily, between firings: the stack is more precise.
    String condition = program.ruleWithConditionIn(stack);
    RuleDefinition firingNow = offers.current();
    return condition.isEmpty() && firingNow != null ? firingNow.name() : condition;
  }

  /**
   * Evaluates the rules on a fact, at the session's clock.
   *
   * @return what rules have proposed; valid until the next call
   */
  public List<Proposal> evaluate(EvaluatedSession session, HistoryFact fact) {
    offers.begin(session.key());
    if (program.eager() && session.ruleSession() == null) {
      Throwable thrown = fence.run(() -> open(session));
      if (thrown != null) {
        reportUnattributed(session, RuleFault.of(thrown, fence));
      }
    }
    candidates.select(fact);
    if (RuleMask.isEmpty(mask)) {
      return List.of();
    }
    evaluated++;
    boolean retain = fact instanceof ActionFact && program.retains(mask);
    insert(session, fact, retain);
    offers.end();
    return offers.proposals();
  }

  /**
   * Advances an open Drools session to the session's clock.
   *
   * @return what rules have proposed; valid until the next call
   */
  public List<Proposal> advance(EvaluatedSession session) {
    offers.begin(session.key());
    RuleSession rules = session.ruleSession();
    if (rules == null || !program.hasEventRules()) {
      return List.of();
    }
    // Any rule may fire.
    Arrays.fill(mask, -1L);
    attempt(
        session,
        () -> {
          evict(session, rules);
          rules.advanceTo(session.clock());
          fire(session, rules);
        });
    offers.end();
    return offers.proposals();
  }

  private void insert(EvaluatedSession session, HistoryFact fact, boolean retain) {
    boolean done = false;
    while (!done) {
      done = attempt(session, () -> insertOnce(session, fact, retain));
      if (!done && RuleMask.isEmpty(mask)) {
        return;
      }
    }
  }

  private void insertOnce(EvaluatedSession session, HistoryFact fact, boolean retain) {
    RuleSession current = session.ruleSession();
    RuleSession rules = current == null ? open(session) : current;
    evict(session, rules);
    rules.advanceTo(session.clock());
    fact.enable(retain ? mask.clone() : mask);
    if (retain) {
      fact.memoise();
    }
    FactHandle handle = rules.insert(fact);
    fire(session, rules);
    if (retain) {
      long[] rulesThatJoin = program.eventRulesOf(mask);
      ((ActionFact) fact).keepOnly(candidates.reads());
      rules.retain(
          new RetainedAction(
              (ActionFact) fact, session.clock(), rulesThatJoin, candidates.retention()),
          handle);
    } else {
      rules.delete(handle);
    }
  }

  private void evict(EvaluatedSession session, RuleSession rules) {
    long oldest = session.newest() - LATENESS_MILLIS;
    forgotten += rules.evict(oldest, mostRetained, program.timed());
  }

  /** {@return how many retained actions were evicted before their time, since the last call} */
  public int takeForgotten() {
    int taken = forgotten;
    forgotten = 0;
    return taken;
  }

  private void fire(EvaluatedSession session, RuleSession rules) {
    while (true) {
      try {
        if (rules.fire(FIRINGS) >= FIRINGS) {
          throw new EndlessFiring(FIRINGS);
        }
        return;
      } catch (ConsequenceException e) {
        // The match is consumed and the session stays usable for the other rules.
        if (offers.isSilent()) {
          // A failure while restoring was reported at first.
          continue;
        }
        RuleDefinition rule = program.definition(e.getRule());
        RuleFault fault = RuleFault.behindFence(e);
        fence.outside(() -> fail(session, rule, RuleFailure.Kind.CONSEQUENCE, fault));
      }
    }
  }

  /** Runs a step; if a rule breaks it, rebuilds the session without that rule. */
  private boolean attempt(EvaluatedSession session, Runnable step) {
    Throwable thrown = fence.run(step);
    if (thrown == null) {
      return true;
    }
    RuleFault fault = RuleFault.of(thrown, fence);
    Optional<RuleDefinition> failed =
        thrown instanceof EndlessFiring
            ? Optional.ofNullable(offers.busiest())
            : FailureAttribution.of(fault, program, mask, Optional.ofNullable(offers.current()));
    if (failed.isPresent()) {
      RuleDefinition rule = failed.get();
      RuleMask.remove(mask, rule);
      fail(session, rule, fault.kind(rule.equals(offers.current())), fault);
    } else {
      // No rule to exclude: the fact is dropped rather than retried for ever.
      Arrays.fill(mask, 0);
      reportUnattributed(session, fault);
    }
    rebuild(session);
    HeapPressure.rethrowIfReal(fault.cause());
    return false;
  }

  private void reportUnattributed(EvaluatedSession session, RuleFault fault) {
    failures.accept(
        new RuleFailure("", session.key(), RuleFailure.Kind.CONDITION, fault.detail(), false));
  }

  private void fail(
      EvaluatedSession session, RuleDefinition rule, RuleFailure.Kind kind, RuleFault fault) {
    Quarantine quarantine = program.quarantine();
    boolean out =
        fault.isOfTime()
            ? quarantine.switchOff(rule.index())
            : quarantine.recordFailure(rule.index());
    failures.accept(new RuleFailure(rule.name(), session.key(), kind, fault.detail(), out));
  }

  private void rebuild(EvaluatedSession session) {
    RuleSession broken = session.ruleSession();
    if (broken == null) {
      return;
    }
    RetainedAction[] retained = broken.retained();
    broken.dispose();
    session.ruleSession(null);
    if (retained.length > 0) {
      restore(session, retained);
    }
  }

  private RuleSession open(EvaluatedSession session) {
    RuleSession rules = new RuleSession(program, offers, session.clock());
    session.ruleSession(rules);
    if (!program.eager()) {
      empty.opened(session);
    }
    return rules;
  }

  /** Rebuilds a Drools session from retained actions; their matches are discarded. */
  private void restore(EvaluatedSession session, RetainedAction[] retained) {
    RuleSession rules = new RuleSession(program, offers, retained[0].insertedAt());
    session.ruleSession(rules);
    offers.silence(true);
    Throwable thrown = fence.run(() -> insertAgain(session, rules, retained));
    offers.silence(false);
    if (thrown != null) {
      // Fail over to an empty session: what it retained is lost.
      RuleFault fault = RuleFault.of(thrown, fence);
      reportUnattributed(session, fault);
      close(session);
      HeapPressure.rethrowIfReal(fault.cause());
    }
  }

  private void insertAgain(EvaluatedSession session, RuleSession rules, RetainedAction[] retained) {
    for (RetainedAction action : retained) {
      rules.advanceTo(action.insertedAt());
      if (program.timed()) {
        // Timers due before this action fired before it.
        fire(session, rules);
      }
      action.action().enable(action.rules());
      FactHandle handle = rules.insert(action.action());
      fire(session, rules);
      rules.retain(action, handle);
    }
    rules.advanceTo(session.clock());
    fire(session, rules);
  }

  /**
   * {@return when the session's next Drools timer is due, by its clock; the largest long for never}
   */
  public long nextTimer(EvaluatedSession session) {
    RuleSession rules = session.ruleSession();
    return rules == null || !program.timed() ? Long.MAX_VALUE : rules.nextTimer();
  }

  /** {@return whether the session retains actions for joins with later ones} */
  public boolean retains(EvaluatedSession session) {
    RuleSession rules = session.ruleSession();
    return rules != null && rules.retains();
  }

  /** {@return what the session's Drools session takes of the heap, estimated, in bytes} */
  public long bytes(EvaluatedSession session) {
    RuleSession rules = session.ruleSession();
    return rules == null ? 0 : rules.bytes();
  }

  /** Serialises the actions that the session's Drools session retains. */
  public void save(EvaluatedSession session, SessionLog.Writer log) {
    RuleSession rules = session.ruleSession();
    RetainedAction[] retained = rules == null ? NOTHING : rules.retained();
    RetainedLog.write(retained, program, log);
  }

  /** Rebuilds a Drools session from what {@link #save} wrote; offers meanwhile are discarded. */
  public void load(EvaluatedSession session, History history, SessionLog.Reader log) {
    RetainedAction[] saved = RetainedLog.read(session.key(), history, program, log);
    RetainedAction[] retained =
        Arrays.stream(saved).filter(this::isStillMatched).toArray(RetainedAction[]::new);
    if (retained.length > 0) {
      offers.begin(session.key());
      restore(session, retained);
    }
  }

  private boolean isStillMatched(RetainedAction action) {
    program.quarantine().apply(action.rules());
    return !RuleMask.isEmpty(action.rules());
  }

  /** Disposes the session's Drools session. */
  public void close(EvaluatedSession session) {
    RuleSession rules = session.ruleSession();
    if (rules != null) {
      rules.dispose();
      session.ruleSession(null);
    }
  }
}
