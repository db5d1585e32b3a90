package dev.tourmaline.engine.internal.drools.runtime;

import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.internal.fact.ActionFact;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.drools.core.WorkingMemoryEntryPoint;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.reteoo.ClassObjectTypeConf;
import org.drools.core.reteoo.ObjectTypeConf;
import org.drools.core.time.TimerService;
import org.kie.api.KieServices;
import org.kie.api.runtime.Environment;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.time.SessionPseudoClock;

/** The Drools session of one user session, on a pseudo clock. */
public final class RuleSession {

  private static final KieSessionConfiguration CONFIGURATION = configuration();

  private static final long NEVER = -1;

  /** The most bytes of texts that the retained actions of a session keep. */
  static final int MOST_BYTES = 256 * 1_024;

  /** What an empty Drools session takes of the heap, about, and each fact that it retains. */
  private static final int EMPTY_BYTES = 5_000;

  private static final int RETAINED_BYTES = 1_000;

  private final KieSession session;
  private final SessionPseudoClock clock;
  private final ArrayDeque<Retained> retained = new ArrayDeque<>(0);

  /** A lower bound of the times until which retained actions are needed. */
  private long earliest = Long.MAX_VALUE;

  /** The bytes of the texts that they keep. */
  private int bytes;

  private boolean expiryIsOff;

  /** An action that stays in the session for rules that join it with later ones. */
  private record Retained(RetainedAction action, FactHandle handle) {}

  RuleSession(RuleProgram program, OfferCollector offers, long now) {
    session = program.kieBase().newKieSession(CONFIGURATION, (Environment) null);
    clock = session.getSessionClock();
    advanceTo(now);
    session.addEventListener(offers);
    session.setGlobal("tours", offers);
  }

  /**
   * Not with {@code ThreadSafeOption.NO}: consequences then keep their facts in arrays that all
   * sessions of a KieBase share, and with two lanes one session's match reached another's
   * consequence.
   */
  private static KieSessionConfiguration configuration() {
    KieSessionConfiguration configuration = KieServices.get().newKieSessionConfiguration();
    configuration.setOption(ClockTypeOption.PSEUDO);
    return configuration;
  }

  void advanceTo(long now) {
    long ahead = now - clock.getCurrentTime();
    if (ahead > 0) {
      clock.advanceTime(ahead, TimeUnit.MILLISECONDS);
    }
  }

  FactHandle insert(Object fact) {
    if (fact instanceof Action && !expiryIsOff) {
      expiryIsOff = true;
      // The engine evicts actions itself. Drools would schedule the expiry of each by its class, in
      // any mode, and the job would keep the action until then.
      WorkingMemoryEntryPoint facts = (WorkingMemoryEntryPoint) session.getEntryPoint("DEFAULT");
      ObjectTypeConf type =
          facts
              .getObjectTypeConfigurationRegistry()
              .getOrCreateObjectTypeConf(facts.getEntryPoint(), fact);
      ((ClassObjectTypeConf) type).setExpirationOffset(NEVER);
    }
    return session.insert(fact);
  }

  int fire(int limit) {
    return session.fireAllRules(limit);
  }

  void delete(FactHandle handle) {
    session.delete(handle);
  }

  void retain(RetainedAction action, FactHandle handle) {
    retained.addLast(new Retained(action, handle));
    bytes += action.action().weight();
    earliest = Math.min(earliest, action.neededUntil());
  }

  /**
   * Evicts retained actions that no rule can need; matches due to their absence are discarded.
   *
   * @param oldest actions needed only until before this time are evicted
   * @param most the most actions that are kept, the newest ones, and less where their texts are
   *     long
   * @param matches whether an eviction can make a rule match
   * @return how many were evicted that a rule might have needed
   */
  int evict(long oldest, int most, boolean matches) {
    if (earliest >= oldest && retained.size() <= most && bytes <= MOST_BYTES) {
      return 0;
    }
    boolean any = false;
    int early = 0;
    int tooMany = retained.size() - most;
    earliest = Long.MAX_VALUE;
    for (Iterator<Retained> each = retained.iterator(); each.hasNext(); tooMany--) {
      Retained one = each.next();
      boolean needed = one.action().neededUntil() >= oldest;
      if (!needed || tooMany > 0 || bytes > MOST_BYTES) {
        each.remove();
        early += needed ? 1 : 0;
        bytes -= one.action().action().weight();
        any |= delete((InternalFactHandle) one.handle());
      } else {
        earliest = Math.min(earliest, one.action().neededUntil());
      }
    }
    if (any && matches) {
      session.fireAllRules(match -> false);
    }
    return early;
  }

  /** Deletes a fact that a rule may have deleted before; {@return whether it existed} */
  private boolean delete(InternalFactHandle handle) {
    boolean there = handle.isValid();
    if (there) {
      session.delete(handle);
    }
    return there;
  }

  boolean isEmpty() {
    return retained.isEmpty() && session.getFactCount() == 0;
  }

  boolean retains() {
    return !retained.isEmpty();
  }

  /** {@return what this takes of the heap, estimated, in bytes} */
  long bytes() {
    return EMPTY_BYTES + (long) RETAINED_BYTES * retained.size() + bytes;
  }

  /** {@return what is retained, in the order in which it was inserted} */
  RetainedAction[] retained() {
    return retained.stream().map(Retained::action).toArray(RetainedAction[]::new);
  }

  /** {@return when the next timer is due, by the session's clock; the largest long for never} */
  long nextTimer() {
    long wait = ((TimerService) clock).getTimeToNextJob();
    return wait < 0 ? Long.MAX_VALUE : clock.getCurrentTime() + wait;
  }

  void dispose() {
    session.dispose();
  }

  /**
   * A retained action, with what it takes to insert it again identically.
   *
   * @param action the fact
   * @param insertedAt the session clock when it was inserted
   * @param rules which event-pattern rules could match it; not copied
   * @param retention how long these need it, in milliseconds
   */
  record RetainedAction(ActionFact action, long insertedAt, long[] rules, long retention) {
    long at() {
      return action.getAt();
    }

    long neededUntil() {
      return at() + retention;
    }
  }
}
