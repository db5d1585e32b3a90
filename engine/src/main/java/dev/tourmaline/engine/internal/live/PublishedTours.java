package dev.tourmaline.engine.internal.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tourmaline.engine.internal.policy.PolicyMemory;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The index of recent tours, ours and foreign ones, by which reports are attributed: for a day, or
 * until 100,000 newer ones have come. Foreign tours, which any page can name, evict none of ours,
 * and those with long ids count as several. Thread-safe.
 */
final class PublishedTours {

  private static final int REMEMBERED = 100_000;

  /** What pages and providers name takes as much room as that many tours with ids of usual size. */
  private static final int USUAL_SIZE = 256;

  private static final int SIZE_OF_TOUR = 128;
  private static final Duration KEPT = Duration.ofDays(1);

  /** How much later than its time to live a provider may bring a tour on the screen. */
  private static final Duration START_TOLERANCE = Duration.ofMinutes(5);

  /** How far a provider's clock may be behind ours. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private final Duration timeToLive;
  private final PolicyMemory policy;
  private final Cache<String, Tour> ours = cache();
  private final Cache<FlowOfUser, Tour> newest = cache();
  private final Cache<ForeignTour, Tour> foreign = bounded(ForeignTour::characters);
  private final Cache<Run, Tour> runs = bounded(Run::characters);

  /**
   * Makes an empty index.
   *
   * @param timeToLive the longest of the sinks
   * @param policy knows the triggers of sessions whose user became known after the decision
   */
  PublishedTours(Duration timeToLive, PolicyMemory policy) {
    this.timeToLive = timeToLive;
    this.policy = policy;
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumSize(REMEMBERED)
        .expireAfterWrite(KEPT)
        .build();
  }

  /** A cache whose keys come from pages, however long they make them. */
  private static <K> Cache<K, Tour> bounded(ToIntFunction<K> characters) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight((long) USUAL_SIZE * REMEMBERED)
        .<K, Tour>weigher((key, tour) -> SIZE_OF_TOUR + characters.applyAsInt(key))
        .expireAfterWrite(KEPT)
        .build();
  }

  /** A tour, and what was reported of it. Belongs to the lane of its session. */
  static final class Tour {
    private final TourTrigger trigger;
    private final boolean isForeign;
    private volatile boolean seen;
    private volatile boolean over;
    private volatile boolean failed;
    private volatile Instant failedAt = Instant.MIN;

    private Tour(TourTrigger trigger, boolean isForeign) {
      this.trigger = trigger;
      this.isForeign = isForeign;
    }

    TourTrigger trigger() {
      return trigger;
    }

    boolean isForeign() {
      return isForeign;
    }

    /** {@return whether a report proves nothing, and is of a time before the tour failed} */
    boolean isOvertaken(ProviderReport report) {
      if (report.outcome() == TourFeedback.Outcome.FAILED) {
        failedAt = report.at();
        return false;
      }
      return failed && !report.confirmed() && report.at().isBefore(failedAt);
    }

    /** Notes a report; {@return whether it says anything new} A failed tour may appear late. */
    boolean isNews(TourFeedback.Outcome outcome) {
      boolean appears = outcome == TourFeedback.Outcome.SHOWN && (!seen || failed);
      boolean isNews = appears || !over && outcome != TourFeedback.Outcome.SHOWN;
      if (isNews) {
        seen = true;
        failed = outcome == TourFeedback.Outcome.FAILED;
        over = outcome.isFinal();
      }
      return isNews;
    }
  }

  private record FlowOfUser(String productId, String userId, String flowId) {
    static FlowOfUser of(ProviderReport report) {
      return new FlowOfUser(report.productId(), report.userId(), report.flowId());
    }
  }

  /** A run of a tour, as the server of a provider names it. */
  private record Run(FlowOfUser flow, String id) {
    static Run of(ProviderReport report) {
      return new Run(FlowOfUser.of(report), report.run());
    }

    int characters() {
      return flow.userId.length() + flow.flowId.length() + id.length();
    }
  }

  /** A tour that its page has named. */
  private record ForeignTour(SessionKey session, String flowId, String name) {
    static ForeignTour of(TourFeedback feedback) {
      return new ForeignTour(feedback.session(), feedback.foreignFlowId(), feedback.triggerId());
    }

    int characters() {
      return session.sessionId().length() + flowId.length() + name.length();
    }
  }

  void add(TourTrigger trigger) {
    Tour tour = new Tour(trigger, false);
    ours.put(trigger.id(), tour);
    if (!trigger.userId().isEmpty()) {
      newest.put(
          new FlowOfUser(trigger.session().productId(), trigger.userId(), trigger.flowId()), tour);
    }
  }

  Tour addForeign(TourFeedback feedback, TourTrigger trigger) {
    Tour tour = new Tour(trigger, true);
    foreign.put(ForeignTour.of(feedback), tour);
    return tour;
  }

  Tour addForeign(ProviderReport report, TourTrigger trigger) {
    Tour tour = new Tour(trigger, true);
    runs.put(Run.of(report), tour);
    return tour;
  }

  /** {@return the tour of a page's report, if it is one of that session's} */
  Optional<Tour> of(TourFeedback feedback) {
    Tour tour =
        feedback.isForeign()
            ? foreign.getIfPresent(ForeignTour.of(feedback))
            : ours.getIfPresent(feedback.triggerId());
    return Optional.ofNullable(tour)
        .filter(known -> known.trigger.session().equals(feedback.session()));
  }

  /** {@return the tour that a provider's report is about, if it is known} */
  Optional<Tour> of(ProviderReport report) {
    Tour known = runs.getIfPresent(Run.of(report));
    if (known != null && !(report.run().isEmpty() && known.over)) {
      return Optional.of(known);
    }
    Optional<Tour> tour =
        candidates(report)
            .filter(candidate -> isAbout(report.at(), candidate))
            .reduce((older, newer) -> newer);
    tour.ifPresent(ours -> runs.put(Run.of(report), ours));
    return tour;
  }

  private Stream<Tour> candidates(ProviderReport report) {
    Stream<@Nullable Tour> later =
        policy.triggersOf(report.productId(), report.userId(), report.flowId()).stream()
            .map(ours::getIfPresent);
    return Stream.concat(later, Stream.ofNullable(newest.getIfPresent(FlowOfUser.of(report))))
        .flatMap(Stream::ofNullable);
  }

  private boolean isAbout(Instant at, Tour tour) {
    Instant decidedAt = tour.trigger.decidedAt();
    return !tour.over
        && !at.isBefore(decidedAt.minus(CLOCK_TOLERANCE))
        && (tour.seen || !at.isAfter(decidedAt.plus(timeToLive).plus(START_TOLERANCE)));
  }
}
