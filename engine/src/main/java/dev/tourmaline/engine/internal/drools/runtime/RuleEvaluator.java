package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter;
import dev.tourmaline.engine.internal.drools.runtime.RuleSession.RetainedAction;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.fact.HistoryFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.rule.RuleFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Evaluates the rules of one program in the sessions of one lane. Failures are isolated: the
 * session is rebuilt without the rule that failed, and after three failures the rule is in
 * quarantine. Belongs to its lane's thread.
 */
public final class RuleEvaluator {

  /** So many firings in one evaluation are an endless loop. */
  private static final int FIRINGS = 1_000;

  /** The allowed lateness: an action this much older than the newest one still joins. */
  private static final long LATENESS_MILLIS = 30_000;

  private static final RetainedAction[] NOTHING = {};

  private final RuleProgram program;
  private final boolean prefiltered;
  private final int mostRetained;
  private final Consumer<RuleFailure> failures;
  private final OfferCollector offers;
  private final RulePrefilter.CallResults calls;
  private final long[] mask;
  private final RuleIndexMigration migration = new RuleIndexMigration();
  private final EmptySessionCache empty = new EmptySessionCache();
  private long evaluated;

  /** How long the rules of the mask need the current fact, in milliseconds. */
  private long retention;

  public RuleEvaluator(
      RuleProgram program, boolean prefiltered, int mostRetained, Consumer<RuleFailure> failures) {
    this.program = program;
    this.prefiltered = prefiltered;
    this.mostRetained = mostRetained;
    this.failures = failures;
    this.offers = new OfferCollector(program);
    this.calls = program.prefilter().newResults();
    this.mask = new long[program.prefilter().words()];
  }

  public RuleProgram program() {
    return program;
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
      open(session);
    }
    markFor(fact);
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
          rules.evict(session.newest() - LATENESS_MILLIS, mostRetained, program.timed());
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
    rules.evict(session.newest() - LATENESS_MILLIS, mostRetained, program.timed());
    rules.advanceTo(session.clock());
    fact.enable(retain ? mask.clone() : mask);
    if (retain) {
      fact.memoise();
    }
    FactHandle handle = rules.insert(fact);
    fire(session, rules);
    if (retain) {
      long[] rulesThatJoin = program.eventRulesOf(mask);
      rules.retain(
          new RetainedAction((ActionFact) fact, session.clock(), rulesThatJoin, retention), handle);
    } else {
      rules.delete(handle);
    }
  }

  private void fire(EvaluatedSession session, RuleSession rules) {
    while (true) {
      try {
        if (rules.fire(FIRINGS) >= FIRINGS) {
          throw new EndlessFiring();
        }
        return;
      } catch (ConsequenceException e) {
        // The match is consumed and the session stays usable for the other rules.
        if (offers.isSilent()) {
          // A failure while restoring was reported at first.
          continue;
        }
        RuleDefinition rule = program.definition(e.getRule());
        fail(session, rule, RuleFailure.Kind.CONSEQUENCE, String.valueOf(e.getCause()));
      }
    }
  }

  /** Runs a step; if a rule breaks it, rebuilds the session without that rule. */
  private boolean attempt(EvaluatedSession session, Runnable step) {
    try {
      step.run();
      return true;
    } catch (EndlessFiring e) {
      RuleDefinition rule = Objects.requireNonNull(offers.busiest());
      exclude(
          session, rule, RuleFailure.Kind.LOOP, "fired " + FIRINGS + " times in one evaluation");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      Optional<RuleDefinition> failed =
          FailureAttribution.of(e, program, mask, Optional.ofNullable(offers.current()));
      if (failed.isEmpty()) {
        // No rule to exclude: the fact is dropped rather than retried for ever.
        Arrays.fill(mask, 0);
        failures.accept(
            new RuleFailure("", session.key(), RuleFailure.Kind.CONDITION, e.toString(), false));
        rebuild(session);
      } else {
        RuleDefinition rule = failed.get();
        RuleFailure.Kind kind =
            rule.equals(offers.current())
                ? RuleFailure.Kind.CONSEQUENCE
                : RuleFailure.Kind.CONDITION;
        exclude(session, rule, kind, String.valueOf(e.getCause() == null ? e : e.getCause()));
      }
    }
    return false;
  }

  private void exclude(
      EvaluatedSession session, RuleDefinition rule, RuleFailure.Kind kind, String detail) {
    RuleMask.remove(mask, rule);
    fail(session, rule, kind, detail);
    rebuild(session);
  }

  private void fail(
      EvaluatedSession session, RuleDefinition rule, RuleFailure.Kind kind, String detail) {
    boolean out = program.quarantine().recordFailure(rule.index());
    failures.accept(new RuleFailure(rule.name(), session.key(), kind, detail, out));
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
    try {
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
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Fail over to an empty session: what it retained is lost.
      failures.accept(
          new RuleFailure("", session.key(), RuleFailure.Kind.CONDITION, e.toString(), false));
      close(session);
    } finally {
      offers.silence(false);
    }
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

  /** Serialises the actions that the session's Drools session retains. */
  public void save(EvaluatedSession session, SessionLog.Writer log) {
    RuleSession rules = session.ruleSession();
    RetainedAction[] retained = rules == null ? NOTHING : rules.retained();
    RetainedLog.write(retained, program.fingerprint(), log);
  }

  /** Rebuilds a Drools session from what {@link #save} wrote; offers meanwhile are discarded. */
  public void load(EvaluatedSession session, History history, SessionLog.Reader log) {
    RetainedLog.Saved saved = RetainedLog.read(session.key(), history, log);
    RetainedAction[] retained = new RetainedAction[saved.actions().length];
    int kept = 0;
    for (RetainedAction action : saved.actions()) {
      long[] rules = rulesNow(action, saved.fingerprint());
      boolean same = saved.fingerprint() == program.fingerprint();
      long needed = same ? action.retention() : program.retentionMillis();
      if (!RuleMask.isEmpty(rules)) {
        retained[kept++] = new RetainedAction(action.action(), action.insertedAt(), rules, needed);
      }
    }
    if (kept > 0) {
      offers.begin(session.key());
      restore(session, Arrays.copyOf(retained, kept));
    }
  }

  /** The rules that match a retained action, by their present indexes. */
  private long[] rulesNow(RetainedAction action, int fingerprint) {
    long[] rules = action.rules();
    if (fingerprint != program.fingerprint()) {
      Optional<long[]> migrated = migration.of(fingerprint, rules, mask.length);
      if (migrated.isPresent()) {
        rules = migrated.get();
      } else {
        markFor(action.action());
        rules = program.eventRulesOf(mask);
      }
    }
    program.quarantine().apply(rules);
    return rules;
  }

  /**
   * Migrates from another evaluator: retained actions stay with the rules that matched them, as far
   * as these are unchanged.
   *
   * @param previous the evaluator before this one
   */
  public void follow(RuleEvaluator previous) {
    migration.follow(previous.program, previous.migration, program);
    evaluated += previous.evaluated;
  }

  private void markFor(HistoryFact fact) {
    if (prefiltered) {
      program.prefilter().mark(fact, calls, mask);
      retention = calls.retention();
    } else {
      Arrays.fill(mask, -1L);
      retention = program.retentionMillis();
    }
    program.quarantine().apply(mask);
  }

  /** Disposes the session's Drools session. */
  public void close(EvaluatedSession session) {
    RuleSession rules = session.ruleSession();
    if (rules != null) {
      rules.dispose();
      session.ruleSession(null);
    }
  }

  /** Signals that an evaluation reached the limit of firings. */
  private static final class EndlessFiring extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndlessFiring() {
      super(null, null, false, false);
    }
  }
}
