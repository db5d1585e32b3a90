package dev.tourmaline.engine.internal.effect;

import dev.tourmaline.engine.effect.Arm;
import dev.tourmaline.engine.effect.EffectReport;
import dev.tourmaline.engine.effect.RuleEffect;
import dev.tourmaline.engine.internal.effect.Enrolment.State;
import dev.tourmaline.engine.user.Pseudonym;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of all rules: by the first would-be decision of each user, who was admitted and
 * who was held out, and who of them reached the rule's goal in time.
 *
 * <p>An outcome is counted when its window is over, in both arms alike and however early the goal
 * was reached: else successes would be counted before failures. Who is a tester, or was in both
 * arms, is taken out, also of what is counted already. Bounded: a decision that finds no room is
 * counted as such and enrols nobody.
 *
 * <p>Time is what callers say it is; it may go back. Thread-safe by striping; {@link #isWatching}
 * takes no lock while nobody writes to the user's stripe.
 */
public final class Experiments {

  /** How often, at most, any rule without an effect is ever called better or worse. */
  public static final double ALPHA = 0.05;

  private static final int MOST = 1 << 12;
  private static final int STRIPES = 64;
  private static final int STRIPE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(STRIPES);
  private static final int MATURED_AT_ONCE = 1_000;

  private final Bounds bounds;
  private final Map<String, Experiment> byRule = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable Experiment> byId = new AtomicReferenceArray<>(MOST);
  private final Stripe[] stripes = new Stripe[STRIPES];
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger known = new AtomicInteger();

  /**
   * How many users are kept; one who takes part in two experiments counts twice.
   *
   * @param waiting the most whose window is not over, about 55 bytes each
   * @param known the most in all, those included who are counted and must not be counted again,
   *     about 35 bytes each
   */
  public record Bounds(int waiting, int known) {
    /** A million under observation, two million known. */
    public static final Bounds DEFAULT = new Bounds(1_000_000, 2_000_000);
  }

  /** Makes experiments without users. */
  public Experiments(Bounds bounds) {
    this.bounds = bounds;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /**
   * Defines the experiment of a rule, at start and whenever rules or policy have changed. With
   * another goal or another window it begins anew; another share goes on, beside those assigned
   * with the old one, as long as who was assigned before stays in his arm.
   *
   * @throws IllegalStateException if there are 4,096 experiments already
   */
  public synchronized void define(String rule, ExperimentTerms terms) {
    Experiment current = byRule.get(rule);
    if (current != null) {
      if (current.goesOnWith(terms)) {
        return;
      }
      forget(current);
    }
    int id = 0;
    while (byId.get(id) != null) {
      if (++id == MOST) {
        throw new IllegalStateException(
            "rule \"%s\": no room for its experiment beside %d others".formatted(rule, MOST));
      }
    }
    Experiment next = new Experiment(id, rule, terms);
    byId.set(id, next);
    byRule.put(rule, next);
  }

  /** Ends the experiments of all other rules. */
  public synchronized void retain(Collection<String> rules) {
    for (Experiment experiment : List.copyOf(byRule.values())) {
      if (!rules.contains(experiment.rule())) {
        forget(experiment);
      }
    }
  }

  private void forget(Experiment experiment) {
    byRule.remove(experiment.rule());
    byId.set(experiment.id(), null);
    for (Stripe stripe : stripes) {
      locked(
          stripe,
          () -> {
            stripe.forget(experiment.id());
            return true;
          });
    }
  }

  /**
   * Takes in that a tour would have been started now: the user's first time counts, all later ones
   * tell nothing but that he was in both arms, or is a tester.
   *
   * @param rule the rule; without an experiment nothing happens
   * @param arm what chance has decided
   * @param tester whether the user is a tester, who is never counted
   * @param at when, by the clock that {@link #reached} and {@link #advance} go by
   */
  public void decided(String rule, Pseudonym user, Arm arm, boolean tester, Instant at) {
    Experiment experiment = byRule.get(rule);
    if (experiment == null || !experiment.compares()) {
      return;
    }
    Stripe stripe = stripe(user);
    locked(stripe, () -> decided(stripe, experiment, user, arm, tester, Millis.of(at)));
  }

  private boolean decided(
      Stripe stripe, Experiment experiment, Pseudonym user, Arm arm, boolean tester, long at) {
    if (byId.get(experiment.id()) != experiment) {
      return false;
    }
    Optional<Enrolment> known = stripe.find(user, experiment);
    if (known.isEmpty()) {
      Enrolment first = experiment.enrolment(arm, at);
      return enrol(stripe, user, experiment, tester ? first.excluded(State.TESTER) : first);
    }
    Enrolment before = known.get();
    if (tester && before.state() != State.TESTER) {
      return replace(stripe, user, experiment, before, before.excluded(State.TESTER));
    }
    return !before.isExcluded()
        && before.arm() != arm
        && replace(stripe, user, experiment, before, before.excluded(State.BOTH_ARMS));
  }

  private boolean enrol(Stripe stripe, Pseudonym user, Experiment experiment, Enrolment first) {
    if (waiting.get() >= bounds.waiting() || known.get() >= bounds.known()) {
      experiment.notEnrolled();
      return false;
    }
    stripe.put(user, experiment, first);
    return true;
  }

  private static boolean replace(
      Stripe stripe, Pseudonym user, Experiment experiment, Enrolment before, Enrolment after) {
    stripe.remove(user, experiment, before);
    stripe.put(user, experiment, after);
    return true;
  }

  /** {@return whether nobody is under observation, so that no action need be looked at} */
  public boolean isIdle() {
    return waiting.get() == 0;
  }

  /** {@return whether a user is under observation, so that his actions matter} */
  public boolean isWatching(Pseudonym user) {
    return !isIdle() && stripe(user).isWaiting(user);
  }

  /** Notes that a user has reached the goal of a rule; of no effect outside his window. */
  public void reached(Pseudonym user, String rule, Instant at) {
    reached(user, at, rule::equals);
  }

  /**
   * Notes what goals a user has reached by one action.
   *
   * @param at when, by the clock that {@link #decided} goes by
   * @param rules asked once for each rule in whose experiment the user waits: whether the action
   *     reaches its goal; must be quick
   */
  public void reached(Pseudonym user, Instant at, Predicate<String> rules) {
    if (isWatching(user)) {
      Stripe stripe = stripe(user);
      locked(
          stripe,
          () -> {
            stripe.reached(user, Millis.of(at), byId::get, rules);
            return true;
          });
    }
  }

  /**
   * Notes that two keys are one person's, such as a session's and its user's: from now on the
   * second is his only one. In whatever order keys are merged, the outcome is the same.
   */
  public void merged(Pseudonym anonymous, Pseudonym user) {
    if (anonymous.equals(user) || known.get() == 0) {
      return;
    }
    int from = number(anonymous);
    int to = number(user);
    locked(
        stripes[Math.min(from, to)],
        () ->
            from == to
                ? mergeAll(anonymous, user)
                : locked(stripes[Math.max(from, to)], () -> mergeAll(anonymous, user)));
  }

  private boolean mergeAll(Pseudonym anonymous, Pseudonym user) {
    byRule.values().forEach(experiment -> merge(anonymous, user, experiment));
    return true;
  }

  private void merge(Pseudonym anonymous, Pseudonym user, Experiment experiment) {
    if (byId.get(experiment.id()) != experiment) {
      return;
    }
    Stripe from = stripe(anonymous);
    Stripe to = stripe(user);
    from.find(anonymous, experiment)
        .ifPresent(
            one -> {
              from.remove(anonymous, experiment, one);
              Optional<Enrolment> other = to.find(user, experiment);
              other.ifPresent(each -> to.remove(user, experiment, each));
              to.put(
                  user,
                  experiment,
                  other.map(each -> each.join(one, experiment.window())).orElse(one));
            });
  }

  /**
   * Counts those whose window is over. To be called every few seconds to minutes; with the time
   * less what actions may come late, where they may.
   */
  public void advance(Instant now) {
    long millis = Millis.of(now);
    for (Stripe stripe : stripes) {
      int matured;
      do {
        matured = locked(stripe, () -> stripe.mature(millis, MATURED_AT_ONCE, byId::get));
      } while (matured == MATURED_AT_ONCE);
    }
  }

  /** {@return what may be said of all rules; costs about a millisecond a rule} */
  public EffectReport report(Instant now) {
    List<ExperimentFigures> all = figures();
    long compared = all.stream().filter(ExperimentFigures::compares).count();
    List<RuleEffect> effects = new ArrayList<>();
    all.forEach(each -> effects.add(each.effect(ALPHA / Math.max(1, compared))));
    effects.sort(Comparator.comparing(RuleEffect::rule));
    return new EffectReport(now, 1 - ALPHA, effects);
  }

  /** {@return the figures of all rules, in no order} */
  List<ExperimentFigures> figures() {
    return byRule.values().stream().map(Experiment::figures).toList();
  }

  /** Saves experiments and users, as of one moment: all stripes stand still meanwhile. */
  synchronized void save(DataOutput out) throws IOException {
    Map<StampedLock, Long> held = new LinkedHashMap<>();
    for (Stripe stripe : stripes) {
      held.put(stripe.lock(), stripe.lock().writeLock());
    }
    try {
      out.writeShort(byRule.size());
      for (Experiment experiment : byRule.values()) {
        experiment.save(out);
      }
      for (Stripe stripe : stripes) {
        stripe.save(out);
      }
    } finally {
      held.forEach(StampedLock::unlockWrite);
    }
  }

  /** Takes in what was saved, before anything else. */
  synchronized void restore(DataInput in) throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      Experiment experiment = Experiment.restored(in);
      byId.set(experiment.id(), experiment);
      byRule.put(experiment.rule(), experiment);
    }
    for (Stripe stripe : stripes) {
      stripe.restore(in, byId::get);
      waiting.addAndGet(stripe.waiting());
      known.addAndGet(stripe.waiting() + stripe.settled());
    }
  }

  private Stripe stripe(Pseudonym user) {
    return stripes[number(user)];
  }

  private static int number(Pseudonym user) {
    return (int) (Spread.of(user) >>> STRIPE_SHIFT);
  }

  /** Works on a stripe under its lock, and keeps count of all stripes' users. */
  private <T> T locked(Stripe stripe, Supplier<T> work) {
    long stamp = stripe.lock().writeLock();
    int waitingBefore = stripe.waiting();
    int settledBefore = stripe.settled();
    try {
      return work.get();
    } finally {
      int more = stripe.waiting() - waitingBefore;
      waiting.addAndGet(more);
      known.addAndGet(more + stripe.settled() - settledBefore);
      stripe.lock().unlockWrite(stamp);
    }
  }
}
