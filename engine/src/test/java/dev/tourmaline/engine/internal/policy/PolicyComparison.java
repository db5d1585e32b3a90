package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.internal.policy.PolicySteps.Step;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TourTrigger;
import dev.tourmaline.engine.trigger.TourTrigger.Origin;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives the policy and its plain reading the same stream, and compares every word. */
final class PolicyComparison {

  private final List<RuleTerms> terms;
  private final PolicyMemory policy;
  private final PlainPolicy plain;
  private final SwitchBoard switches = new SwitchBoard(SwitchStore.inMemory());
  private final KnownAttributes attributes = KnownAttributes.ofTokens();
  private final Set<String> inShadow = new HashSet<>();
  private final Map<Integer, String> users = new HashMap<>();
  private final List<Offer> offers = new ArrayList<>();
  private final List<TourTrigger> tours = new ArrayList<>();
  private Instant now = PolicySteps.BEGIN;
  private int ids;

  PolicyComparison(TriggerPolicy policy, List<RuleTerms> terms) {
    this.terms = terms;
    this.policy =
        new PolicyMemory(
            new PolicyMemory.Parts(
                policy,
                new InMemoryUsers(),
                switches,
                attributes,
                Objectors.nobody(),
                rule -> inShadow.contains(rule) ? Optional.of("guard") : Optional.empty()));
    this.plain =
        new PlainPolicy(
            policy,
            inShadow,
            (user, purpose, rule, share) ->
                Assignment.isAmong(Assignment.seedOf(user), purpose, rule, share));
  }

  /**
   * Takes a stream.
   *
   * @param said where every word of the policy is noted
   */
  void takeAll(List<Step> steps, Set<String> said) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Answers answers = take(step);
      assertThat(answers.ofThePolicy())
          .as("step %d, %s, at %s", i, step, now)
          .isEqualTo(answers.ofThePage());
      if (answers.ofThePolicy() instanceof List<?> words) {
        words.forEach(word -> said.add(word.toString()));
      }
    }
  }

  /** What the policy and its plain reading say to a step. */
  private record Answers(Object ofThePolicy, Object ofThePage) {
    static final Answers NONE = new Answers("", "");
  }

  private Answers take(Step step) {
    if (step instanceof Step.Wait wait) {
      now = now.plus(wait.time());
      return Answers.NONE;
    }
    if (step instanceof Step.Offered offered) {
      return offered(offered);
    }
    if (step instanceof Step.Followed followed) {
      return tour(0).map(tour -> followed(tour, followed)).orElse(Answers.NONE);
    }
    if (step instanceof Step.Requested requested) {
      return requested(requested);
    }
    if (step instanceof Step.LastCheck check) {
      return tour(check.tour()).map(tour -> lastCheck(tour, check)).orElse(Answers.NONE);
    }
    change(step);
    return Answers.NONE;
  }

  private void change(Step step) {
    if (step instanceof Step.Reported reported) {
      tour(reported.tour())
          .ifPresent(
              tour -> report(tour, reported.outcome(), reported.confirmed(), reported.snooze()));
    } else if (step instanceof Step.Seen seen) {
      tour(seen.tour()).ifPresent(tour -> seen(tour, seen));
    } else if (step instanceof Step.Released released) {
      tour(released.tour()).ifPresent(this::release);
    } else if (step instanceof Step.Delivered delivered) {
      tour(delivered.tour()).ifPresent(this::deliver);
    } else if (step instanceof Step.Known known) {
      String user = "u" + known.user();
      users.put(known.session(), user);
      policy.userKnown(session(known.session()), user);
      plain.userKnown(session(known.session()), user);
    } else if (step instanceof Step.Vouched vouched) {
      Optional.ofNullable(users.get(vouched.session()))
          .ifPresent(user -> vouch(session(vouched.session()), user));
    } else if (step instanceof Step.Wants wants) {
      String user = users.getOrDefault(wants.session(), "");
      policy.wantsTours(session(wants.session()), user, wants.wanted());
      plain.wantsTours(session(wants.session()), user, wants.wanted());
    } else if (step instanceof Step.Claimed claimed) {
      claim(claimed);
    } else if (step instanceof Step.Switched switched) {
      turn(switched);
    } else if (step instanceof Step.Shadowed shadowed) {
      String rule = "r" + shadowed.rule();
      if (shadowed.on()) {
        inShadow.add(rule);
      } else {
        inShadow.remove(rule);
      }
    }
  }

  private static SessionKey session(int number) {
    return new SessionKey("p", "s" + number);
  }

  private Optional<TourTrigger> tour(int number) {
    // The newest are the ones that things happen to.
    return tours.isEmpty()
        ? Optional.empty()
        : Optional.of(tours.get(tours.size() - 1 - number % tours.size()));
  }

  private Answers offered(Step.Offered offered) {
    String user = offered.isAnonymous() ? "" : users.getOrDefault(offered.session(), "");
    List<Offer> made = new ArrayList<>();
    for (Step.Proposal proposal : offered.proposals()) {
      made.add(offer(offered.session(), user, proposal));
    }
    offers.addAll(made);
    List<Decision> decisions =
        policy.judge(made, new Surroundings(offered.page(), offered.excepted()), now);
    decisions.forEach(this::keep);
    return new Answers(
        decisions.stream().map(PolicyComparison::said).toList(),
        plain.judge(made, offered.page(), offered.excepted(), now));
  }

  /** Two in a row, as a chain would be. */
  private Answers followed(TourTrigger tour, Step.Followed followed) {
    Answers first = followed(tour, followed, followed.flow());
    Answers second = followed(tours.get(tours.size() - 1), followed, 1 - followed.flow());
    return new Answers(
        List.of(first.ofThePolicy(), second.ofThePolicy()),
        List.of(first.ofThePage(), second.ofThePage()));
  }

  private Answers followed(TourTrigger tour, Step.Followed followed, int flow) {
    Outcome outcome = followed.completed() ? Outcome.COMPLETED : Outcome.DISMISSED;
    seen(tour, new Step.Seen(0, true, Duration.ofSeconds(20), outcome));
    Step.Proposal proposal =
        new Step.Proposal(followed.rule(), flow, 50, -1, Moment.Cause.OUTCOME, 0, 0);
    int session = Integer.parseInt(tour.session().sessionId().substring(1));
    return offered(new Step.Offered(session, false, List.of(proposal), Optional.empty(), Set.of()));
  }

  private Offer offer(int session, String user, Step.Proposal proposal) {
    List<Offer> before =
        offers.stream().filter(offer -> offer.session().equals(session(session))).toList();
    if (proposal.again() >= 0 && !before.isEmpty()) {
      return again(before.get(before.size() - 1 - proposal.again() % before.size()), user);
    }
    String outcomeOf = tour(proposal.outcomeOf()).map(TourTrigger::id).orElse("");
    Moment moment =
        new Moment(
            proposal.cause(),
            proposal.rule() == 3 ? "" : "/a",
            Duration.ofSeconds(proposal.delay()),
            now,
            outcomeOf);
    return new Offer(
        "id" + ids++,
        session(session),
        user,
        "r" + proposal.rule(),
        "f" + proposal.flow(),
        proposal.priority(),
        0,
        "",
        now,
        moment,
        terms.get(proposal.rule()));
  }

  /** The same moment, evaluated again. */
  private static Offer again(Offer offer, String user) {
    return new Offer(
        offer.id(),
        offer.session(),
        user,
        offer.rule(),
        offer.flowId(),
        offer.priority(),
        offer.salience(),
        "",
        offer.at(),
        offer.moment(),
        offer.terms());
  }

  private static String said(Decision decision) {
    if (decision instanceof Decision.Suppressed held) {
      return held.reason().name().toLowerCase(Locale.ROOT);
    }
    return decision instanceof Decision.Admitted admitted && admitted.trigger().invite()
        ? "admitted, asking"
        : decision.word();
  }

  private void keep(Decision decision) {
    if (decision instanceof Decision.Admitted admitted) {
      tours.add(admitted.trigger());
    }
  }

  private Answers requested(Step.Requested requested) {
    Offer offer =
        Offer.withoutRule(
            "id" + ids++,
            session(requested.session()),
            users.getOrDefault(requested.session(), ""),
            "f" + requested.flow(),
            "",
            now);
    boolean force = requested.force() || requested.inbound();
    Decision decision =
        policy.judge(offer, now, requested.inbound() ? Origin.INBOUND : Origin.MANUAL, force);
    keep(decision);
    String byThePage =
        force
            ? plain.force(offer, requested.inbound(), now)
            : plain.judge(offer, Optional.empty(), Set.of(), now);
    return new Answers(said(decision), byThePage);
  }

  private Answers lastCheck(TourTrigger tour, Step.LastCheck check) {
    Surroundings surroundings = new Surroundings(check.page(), check.excepted());
    return new Answers(
        policy.objection(tour, surroundings, now).isPresent(),
        plain.isClosedAtTheLastCheck(tour.offer(), check.page(), check.excepted(), now));
  }

  private void report(TourTrigger tour, Outcome outcome, boolean confirmed, int snooze) {
    Instant until = snooze == 0 ? Instant.EPOCH : now.plusSeconds(snooze);
    policy.feedback(
        new TourFeedback(tour.id(), tour.session(), outcome, 0, confirmed, "", "", until),
        tour,
        now);
    plain.report(tour.offer(), outcome, confirmed, until, now);
  }

  private void seen(TourTrigger tour, Step.Seen seen) {
    report(tour, Outcome.SHOWN, seen.confirmed(), 0);
    now = now.plus(seen.time());
    report(tour, seen.outcome(), seen.confirmed(), 0);
  }

  private void release(TourTrigger tour) {
    policy.release(tour);
    plain.release(tour.offer());
  }

  private void deliver(TourTrigger tour) {
    policy.confirm(tour, now);
    plain.delivered(tour.offer(), now);
  }

  private void vouch(SessionKey session, String user) {
    policy.vouch(session, user);
    plain.vouch(session, user);
  }

  private void claim(Step.Claimed claimed) {
    String user = claimed.ofUser() ? users.getOrDefault(claimed.session(), "") : "";
    SessionKey session = session(claimed.session());
    attributes.claim(
        user.isEmpty() ? UserKey.ofSession(session) : UserKey.ofUser("p", user),
        claimed.attributes());
    plain.claims.put(
        user.isEmpty() ? "session " + session.sessionId() : "user " + user, claimed.attributes());
  }

  private void turn(Step.Switched switched) {
    String name =
        switch (switched.scope()) {
          case EVERYTHING, PRODUCT -> "";
          case FLOW -> "f" + switched.number();
          case RULE -> "r" + switched.number();
        };
    String product = switched.scope() == Switch.Scope.EVERYTHING ? "" : "p";
    Switch set = new Switch(switched.scope(), product, name, switched.on(), "Ada", "", now);
    switches.set(set);
    plain.off.removeIf(other -> other.isOfSame(set));
    if (!set.on()) {
      plain.off.add(set);
    }
  }
}
