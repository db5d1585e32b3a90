package dev.tourmaline.engine.internal.policy;

import dev.tourmaline.engine.control.Switch;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.UserKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The page of policy, read aloud: an oracle of lists and loops, which knows nothing of how the
 * policy remembers. Of audiences and pages it understands what its test makes.
 */
final class PlainPolicy {

  /** Whether a user is among a share of all: a stable draw of the user's. */
  interface Draw {
    boolean isAmong(UserKey user, String purpose, String rule, double share);
  }

  /** What is remembered of a user, or of a session without one. */
  private static final class Person {
    List<PlainTour> tours = new ArrayList<>();
    List<PlainAnswer> answers = new ArrayList<>();
    Set<SessionKey> vouched = new HashSet<>();
    boolean wantsNone;
    Optional<UserKey> drawn = Optional.empty();
    Instant drawnAt = Instant.MAX;
  }

  private record PlainAnswer(
      String kind, String flow, SessionKey session, Instant at, Instant until) {}

  private final TriggerPolicy policy;
  private final Set<String> inShadow;
  private final Draw draw;
  private final Map<String, Person> people = new HashMap<>();
  private final Map<SessionKey, String> users = new HashMap<>();
  private final Set<String> decided = new HashSet<>();
  private final Set<String> notOurs = new HashSet<>();
  final List<Switch> off = new ArrayList<>();
  final Map<String, Map<String, Object>> claims = new HashMap<>();

  PlainPolicy(TriggerPolicy policy, Set<String> inShadow, Draw draw) {
    this.policy = policy;
    this.inShadow = inShadow;
    this.draw = draw;
  }

  private Person person(SessionKey session, String user) {
    String known = user.isEmpty() ? users.getOrDefault(session, "") : user;
    return people.computeIfAbsent(
        known.isEmpty() ? "session " + session.sessionId() : "user " + known, k -> new Person());
  }

  List<String> judge(List<Offer> offers, Optional<String> page, Set<String> excepted, Instant now) {
    List<Offer> ranked = new ArrayList<>(offers);
    ranked.sort(
        Comparator.comparing((Offer o) -> -o.priority())
            .thenComparing(o -> -o.salience())
            .thenComparing(Offer::rule));
    List<String> said = new ArrayList<>();
    boolean admitted = false;
    for (Offer offer : ranked) {
      String word;
      if (admitted) {
        word = decided.add(offer.id()) ? "outranked" : "already_decided";
      } else {
        word = judge(offer, page, excepted, now);
        admitted = word.startsWith("admitted");
      }
      said.add(word);
    }
    return said;
  }

  String judge(Offer offer, Optional<String> page, Set<String> excepted, Instant now) {
    if (!decided.add(offer.id())) {
      return "already_decided";
    }
    Person person = person(offer.session(), offer.userId());
    RuleTerms terms = offer.terms();
    boolean draws = policy.holdout() > 0 || terms.holdout() > 0 || terms.rollout() < 1;
    if (draws && person.drawn.isEmpty()) {
      person.drawn =
          Optional.of(
              offer.userId().isEmpty()
                  ? UserKey.ofSession(offer.session())
                  : UserKey.ofUser("p", offer.userId()));
      person.drawnAt = now;
    }
    boolean shadow =
        !offer.rule().isEmpty()
            && (inShadow.contains(offer.rule())
                || terms.mode().orElse(policy.mode()) == Mode.SHADOW);
    boolean heldOut =
        !shadow
            && (among(person, "holdout", "", policy.holdout())
                || among(person, "holdout", offer.rule(), terms.holdout()));
    Optional<Reason> closed =
        firstClosed(offer, person, page, excepted, now, false, shadow || heldOut, false);
    if (closed.isPresent()) {
      return closed.get().name().toLowerCase(java.util.Locale.ROOT);
    }
    boolean follows = followed(offer, person, now).isPresent();
    boolean asks = asksFirst(offer, person, now);
    PlainTour tour = new PlainTour(offer, now);
    tour.followUp = follows;
    tour.pretended = shadow || heldOut;
    tour.askedFirst = asks;
    person.tours.add(tour);
    return shadow ? "shadow" : heldOut ? "held_out" : asks ? "admitted, asking" : "admitted";
  }

  private boolean among(Person person, String purpose, String rule, double share) {
    return share >= 1
        || share > 0 && draw.isAmong(person.drawn.orElseThrow(), purpose, rule, share);
  }

  /** A tour that a server forces, or that another system has started. */
  String force(Offer offer, boolean isOnTheScreenAlready, Instant now) {
    Person person = person(offer.session(), offer.userId());
    Optional<Reason> closed =
        isOnTheScreenAlready
            ? Optional.empty()
            : firstClosed(offer, person, Optional.empty(), Set.of(), now, false, false, true);
    if (closed.isPresent()) {
      return closed.get().name().toLowerCase(java.util.Locale.ROOT);
    }
    PlainTour tour = new PlainTour(offer, now);
    tour.forced = true;
    person.tours.add(tour);
    if (isOnTheScreenAlready) {
      notOurs.add(offer.id());
    }
    return "admitted";
  }

  boolean isClosedAtTheLastCheck(
      Offer offer, Optional<String> page, Set<String> excepted, Instant now) {
    Person person = person(offer.session(), offer.userId());
    Optional<PlainTour> own = find(person, offer.id());
    return own.map(tour -> tour.gone).orElse(false)
        || firstClosed(
                offer,
                person,
                page,
                excepted,
                now,
                true,
                false,
                own.map(tour -> tour.forced).orElse(false))
            .isPresent();
  }

  private Optional<Reason> firstClosed(
      Offer offer,
      Person person,
      Optional<String> page,
      Set<String> excepted,
      Instant now,
      boolean last,
      boolean pretended,
      boolean forced) {
    for (Reason gate : Reason.values()) {
      boolean asked =
          !forced
              || gate == Reason.SWITCHED_OFF
              || gate == Reason.OPTED_OUT
              || gate == Reason.TOUR_RUNNING;
      if (asked && isClosed(gate, offer, person, page, excepted, now, last, pretended)) {
        return Optional.of(gate);
      }
    }
    return Optional.empty();
  }

  private boolean isClosed(
      Reason gate,
      Offer offer,
      Person person,
      Optional<String> page,
      Set<String> excepted,
      Instant now,
      boolean last,
      boolean pretended) {
    RuleTerms terms = offer.terms();
    String flow = offer.flowId();
    Map<String, Object> known = attributes(offer);
    List<PlainTour> tours = new ArrayList<>();
    for (PlainTour tour : person.tours) {
      boolean isTold =
          !person.vouched.contains(offer.session()) || person.vouched.contains(tour.session);
      if (isTold && !tour.id.equals(offer.id())) {
        tours.add(tour);
      }
    }
    List<PlainTour> ofFlow =
        tours.stream()
            .filter(t -> t.flow.equals(flow) && t.usesUpItsFlow() && (pretended || !t.pretended))
            .toList();
    List<PlainTour> real = tours.stream().filter(PlainTour::counts).toList();
    return switch (gate) {
      case ALREADY_DECIDED, OUTRANKED -> false;
      case SWITCHED_OFF ->
          off.stream()
              .anyMatch(
                  s ->
                      switch (s.scope()) {
                        case EVERYTHING, PRODUCT -> true;
                        case FLOW -> s.name().equals(flow);
                        case RULE -> s.name().equals(offer.rule());
                      });
      case OPTED_OUT -> person.wantsNone;
      case OUT_OF_DATES ->
          terms.from().map(now::isBefore).orElse(false)
              || terms.until().map(until -> !now.isBefore(until)).orElse(false);
      case NEVER_ON ->
          policy.neverOn().stream()
              .anyMatch(pages -> isOn(pages, page.orElse(offer.moment().page())));
      case STALE -> {
        Duration here = Duration.between(offer.moment().arrivedAt(), now);
        Duration age = offer.moment().delay().plus(here.isNegative() ? Duration.ZERO : here);
        yield age.compareTo(terms.freshFor().orElse(policy.freshFor())) > 0;
      }
      case ELSEWHERE -> isElsewhere(offer, page, last);
      case UNLESS -> excepted.contains(offer.rule());
      case TESTERS_ONLY ->
          terms.mode().orElse(policy.mode()) == Mode.TEST && !isIn("testers", known);
      case AUDIENCE -> !terms.audience().isEmpty() && !isIn(terms.audience(), known);
      case ROLLOUT -> !among(person, "rollout", offer.rule(), terms.rollout());
      case QUIET_HOURS -> policy.quiet().isPresent() && isNight(known, now);
      case ONCE -> isUsedUp(offer, ofFlow, now);
      case TOUR_RUNNING ->
          tours.stream().anyMatch(t -> t.session.equals(offer.session()) && t.isOnScreen(now));
      case DISMISSED -> views(person, offer).stream().anyMatch(v -> isDismissed(v, flow, now));
      case SNOOZED -> views(person, offer).stream().anyMatch(v -> isPutOff(v, flow, now));
      case FAILED -> views(person, offer).stream().anyMatch(v -> hasFailed(v, flow, now));
      case COOLDOWN -> isAnySince(ofFlow, terms.cooldown().orElse(policy.cooldown()), now);
      case BETWEEN_TOURS ->
          followed(offer, person, now).isEmpty() && isAnySince(real, policy.betweenTours(), now);
      case HOURLY_CAP -> within(real, Duration.ofHours(1), now) >= policy.perUserPerHour();
      case DAILY_CAP -> within(real, Duration.ofHours(24), now) >= policy.perUserPerDay();
      case WEEKLY_CAP -> within(real, Duration.ofDays(7), now) >= policy.perUserPerWeek();
    };
  }

  private static boolean isElsewhere(Offer offer, Optional<String> page, boolean last) {
    List<String> named = offer.terms().showOn();
    String match = offer.moment().page();
    if (page.isEmpty() || named.contains("anywhere")) {
      return false;
    }
    if (named.isEmpty()) {
      return !match.isEmpty() && !match.equals(page.get());
    }
    return last && named.stream().noneMatch(pages -> isOn(pages, page.get()));
  }

  private static boolean isOn(String pages, String page) {
    if (pages.endsWith("/**")) {
      String folder = pages.substring(0, pages.length() - 3);
      return page.equals(folder) || page.startsWith(folder + "/");
    }
    return page.equals(pages);
  }

  private Map<String, Object> attributes(Offer offer) {
    Map<String, Object> known = new HashMap<>();
    if (!offer.userId().isEmpty()) {
      known.putAll(claims.getOrDefault("user " + offer.userId(), Map.of()));
    }
    known.putAll(claims.getOrDefault("session " + offer.session().sessionId(), Map.of()));
    return known;
  }

  private boolean isIn(String audience, Map<String, Object> known) {
    boolean isSegment = audience.endsWith("testers");
    if (!known.containsKey("plan") || isSegment && policy.segments().isEmpty()) {
      return false;
    }
    Object plan = known.get("plan");
    return switch (audience) {
      case "testers" -> plan.equals("staff");
      case "!testers" -> !plan.equals("staff");
      case "User.attribute('plan') == 'pro'" -> plan.equals("pro");
      case "User.attribute('plan') != 'pro'" -> !plan.equals("pro");
      default -> throw new IllegalArgumentException(audience);
    };
  }

  private boolean isNight(Map<String, Object> known, Instant now) {
    ZoneId zone = policy.quiet().orElseThrow().zone();
    try {
      zone = ZoneId.of(String.valueOf(known.get("zoneinfo")));
    } catch (DateTimeException e) {
      // Where his zone is not known, the policy's.
    }
    LocalTime time = now.atZone(zone).toLocalTime();
    return time.getHour() >= 22 || time.getHour() < 7;
  }

  private boolean isUsedUp(Offer offer, List<PlainTour> ofFlow, Instant now) {
    Frequency limit = offer.terms().oncePer().orElse(policy.oncePer());
    if (limit.equals(Frequency.ALWAYS)) {
      return false;
    }
    int seen = 0;
    int perhaps = 0;
    for (PlainTour tour : ofFlow) {
      boolean isCounted =
          limit.scope() == Frequency.Scope.USER || tour.session.equals(offer.session());
      if (isCounted && tour.isUnconfirmed() && now.isBefore(tour.at.plus(Duration.ofDays(7)))) {
        return true;
      }
      boolean isRecent =
          limit.window().equals(Frequency.FOR_EVER) || now.isBefore(tour.at.plus(limit.window()));
      if (isCounted && isRecent) {
        seen += tour.isUnconfirmed() ? 0 : 1;
        perhaps += tour.isUnconfirmed() ? 1 : 0;
      }
    }
    return seen + perhaps / 2 >= limit.times();
  }

  private static boolean isAnySince(List<PlainTour> tours, Duration least, Instant now) {
    return tours.stream().anyMatch(tour -> now.isBefore(tour.at.plus(least)));
  }

  private static int within(List<PlainTour> tours, Duration window, Instant now) {
    return (int) tours.stream().filter(tour -> now.isBefore(tour.at.plus(window))).count();
  }

  private static Optional<PlainTour> followed(Offer offer, Person person, Instant now) {
    if (!offer.terms().followUp() || offer.moment().cause() != Cause.OUTCOME) {
      return Optional.empty();
    }
    return find(person, offer.moment().outcomeOf())
        .filter(tour -> tour.counts() && !tour.followUp && tour.end.isPresent())
        .filter(tour -> Set.of(Outcome.COMPLETED, Outcome.DISMISSED).contains(tour.end.get()))
        .filter(tour -> !now.isAfter(tour.heardAt.plus(Duration.ofMinutes(5))));
  }

  private boolean asksFirst(Offer offer, Person person, Instant now) {
    boolean says = offer.terms().invite().orElse(policy.invite());
    boolean afterDismissal =
        followed(offer, person, now)
            .map(tour -> tour.end.orElseThrow() == Outcome.DISMISSED)
            .orElse(false);
    return says
        || afterDismissal
        || views(person, offer).stream().anyMatch(PlainPolicy::isOnlyInvited);
  }

  /** The answers that a session is judged by: of vouched ones, and for any other of all too. */
  private static List<List<PlainAnswer>> views(Person person, Offer offer) {
    List<PlainAnswer> vouched =
        person.answers.stream().filter(a -> person.vouched.contains(a.session())).toList();
    return person.vouched.contains(offer.session())
        ? List.of(vouched)
        : List.of(vouched, person.answers);
  }

  private static boolean isDismissed(List<PlainAnswer> answers, String flow, Instant now) {
    int row = 0;
    boolean held = false;
    for (PlainAnswer answer : answers) {
      row = answer.kind().equals("dismissed") ? row + 1 : row;
      row = answer.kind().equals("completed") ? 0 : row;
      if (answer.kind().equals("dismissed")) {
        held |= answer.flow().equals(flow) && now.isBefore(answer.until());
        held |= row >= 2 && now.isBefore(answer.at().plus(Duration.ofDays(7)));
      }
    }
    return held;
  }

  private static boolean isOnlyInvited(List<PlainAnswer> answers) {
    int row = 0;
    for (PlainAnswer answer : answers) {
      row = answer.kind().equals("dismissed") ? row + 1 : row;
      row = answer.kind().equals("completed") ? 0 : row;
    }
    return row >= 3;
  }

  private static boolean isPutOff(List<PlainAnswer> answers, String flow, Instant now) {
    boolean held = false;
    for (PlainAnswer answer : answers) {
      if (answer.kind().equals("put off") && answer.flow().equals(flow)) {
        held = now.isBefore(answer.until());
      }
    }
    return held;
  }

  private static boolean hasFailed(List<PlainAnswer> answers, String flow, Instant now) {
    int row = 0;
    boolean held = false;
    for (PlainAnswer answer : answers) {
      if (answer.flow().equals(flow) && answer.kind().equals("failed")) {
        row++;
        if (row == 2) {
          row = 0;
          held = now.isBefore(answer.at().plus(Duration.ofHours(24)));
        }
      } else if (answer.flow().equals(flow) && !answer.kind().equals("put off")) {
        row = 0;
      }
    }
    return held;
  }

  void report(Offer offer, Outcome outcome, boolean confirmed, Instant until, Instant now) {
    Person person = person(offer.session(), offer.userId());
    if (find(person, offer.id()).isEmpty()) {
      if (outcome == Outcome.FAILED) {
        return;
      }
      person.tours.add(new PlainTour(offer, now));
    }
    PlainTour tour = find(person, offer.id()).orElseThrow();
    boolean hadEnded = tour.ended;
    boolean wasShown = tour.shown;
    Instant shownAt = tour.at;
    tour.report(outcome, confirmed, now);
    if (outcome == Outcome.OPTED_OUT) {
      person.wantsNone = true;
    }
    if (hadEnded || !tour.ended) {
      return;
    }
    tour.end = Optional.of(outcome);
    if (notOurs.contains(offer.id())) {
      return;
    }
    Duration held = offer.terms().afterDismissal().orElse(Duration.ofDays(1));
    Instant heldUntil = now.plus(held.toDays() < 1 ? Duration.ofDays(1) : held);
    boolean hardlySeen = wasShown && Duration.between(shownAt, now).toMillis() < 3_000 && confirmed;
    switch (outcome) {
      case COMPLETED -> {
        if (hardlySeen) {
          tour.end = Optional.of(Outcome.DISMISSED);
        }
        answer(person, tour, hardlySeen ? "dismissed" : "completed", now, heldUntil);
      }
      case DISMISSED, DECLINED -> answer(person, tour, "dismissed", now, heldUntil);
      case FAILED -> answer(person, tour, "failed", now, now);
      case SNOOZED -> {
        Instant wanted = until.isAfter(now) ? until : now.plus(policy.snooze());
        Instant most = now.plus(Duration.ofDays(30));
        answer(person, tour, "put off", now, wanted.isAfter(most) ? most : wanted);
      }
      default -> {}
    }
  }

  private static void answer(
      Person person, PlainTour tour, String kind, Instant now, Instant until) {
    person.answers.add(new PlainAnswer(kind, tour.flow, tour.session, now, until));
  }

  void release(Offer offer) {
    find(person(offer.session(), offer.userId()), offer.id())
        .filter(tour -> !tour.shown && !(tour.askedFirst && tour.heard))
        .ifPresent(tour -> tour.gone = true);
  }

  void delivered(Offer offer, Instant now) {
    find(person(offer.session(), offer.userId()), offer.id())
        .ifPresent(tour -> tour.delivered(now));
  }

  void wantsTours(SessionKey session, String user, boolean wanted) {
    person(session, user).wantsNone = !wanted;
  }

  void vouch(SessionKey session, String user) {
    person(session, user).vouched.add(session);
  }

  void userKnown(SessionKey session, String user) {
    users.put(session, user);
    Person earlier = people.remove("session " + session.sessionId());
    Person person = person(session, user);
    if (earlier != null) {
      person.tours.addAll(earlier.tours);
      person.answers.addAll(earlier.answers);
      person.answers.sort(Comparator.comparing(PlainAnswer::at));
      person.wantsNone |= earlier.wantsNone;
      if (earlier.drawnAt.isBefore(person.drawnAt)) {
        person.drawn = earlier.drawn;
        person.drawnAt = earlier.drawnAt;
      }
    }
  }

  private static Optional<PlainTour> find(Person person, String id) {
    return person.tours.stream().filter(tour -> Objects.equals(tour.id, id)).findFirst();
  }
}
