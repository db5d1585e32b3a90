package dev.tourmaline.workload;

import dev.tourmaline.workload.GeneratedStream.Frame;
import dev.tourmaline.workload.Site.Kind;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * One visitor's session: looks at pages, goes back and forth, clicks, now and then submits. The
 * same arguments give the same frames. Not thread-safe.
 */
public final class Visitor {

  /** By the next frame of each. */
  public static final Comparator<Visitor> ORDER =
      Comparator.<Visitor>comparingLong(v -> v.forwardedAt).thenComparingLong(v -> v.identity);

  private static final int MOST_IN_A_FRAME = 5;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final String[] NAMES = "alex maria chen fatima john olga pedro yuki".split(" ");
  private static final String[] QUERIES = {"", "?ref=list", "?tab=details", ""};

  private final long identity;
  private final SplittableRandom chance;
  private final String[] whose;
  private final Wording wording;
  private final int total;

  /** How long after the action before each action of the next frame comes, in milliseconds. */
  private final int[] gaps = new int[MOST_IN_A_FRAME];

  /** The frame before, if it comes once more. */
  private Optional<Frame> again = Optional.empty();

  private int frameSize;
  private long forwardedAt;
  private long clock;
  private int index;
  private int late;
  private int page;
  private int previousPage;
  private Kind lastKind = Kind.SUBMIT;

  Visitor(long number, int actions, long begin, Vocabulary vocabulary) {
    this(number, number, actions, begin, vocabulary);
  }

  /**
   * Plans a session in a closed vocabulary.
   *
   * @param number another number, another session
   * @param user the number of a session whose user comes back in this one, or its own
   * @param actions how many it has, at least 1
   * @param begin when it may begin, in milliseconds since the epoch; it does within a minute
   */
  public Visitor(long number, long user, int actions, long begin) {
    this(number, user, actions, begin, Vocabulary.CLOSED);
  }

  private Visitor(long number, long user, int actions, long begin, Vocabulary vocabulary) {
    identity = scatter(number);
    chance = new SplittableRandom(identity);
    whose = whose(identity, scatter(user));
    wording = new Wording(vocabulary, scatter(identity + 2));
    total = actions;
    clock = begin + below(60_000);
    page = anyPage();
    previousPage = anyPage();
    plan();
  }

  /** A number that has nothing in common with its neighbours' (SplitMix64). */
  private static long scatter(long number) {
    return new SplittableRandom(number - GOLDEN_GAMMA).nextLong();
  }

  private static String[] whose(long identity, long user) {
    String name = NAMES[(int) (user & NAMES.length - 1)];
    HexFormat hex = HexFormat.of();
    return new String[] {
      "'session_id': '" + new UUID(identity, scatter(identity + 1)) + "'",
      "'user_id': 'usr_" + hex.toHexDigits(scatter(user + 1) >>> 8, 12) + "'",
      "'email': '" + name + "." + hex.toHexDigits(user, 6) + "@example.com'"
    };
  }

  private int below(int bound) {
    return (int) ((chance.nextLong() >>> 33) * bound >>> 31);
  }

  /** Few pages get most visits. */
  private int anyPage() {
    double share = chance.nextDouble();
    return (int) (share * share * share * Site.PAGES);
  }

  /** {@return when its next frame is forwarded, in milliseconds since the epoch} */
  public long nextAt() {
    return forwardedAt;
  }

  /** {@return whether its last frame has been made} */
  public boolean isDone() {
    return index >= total;
  }

  /** Decides how many actions the next frame holds and when each happens. */
  private void plan() {
    frameSize = 0;
    if (wording.sendsNothing()) {
      forwardedAt = Math.max(forwardedAt, clock) + 100;
      return;
    }
    double share = chance.nextDouble();
    int size = share <= 0.40 ? 1 : share <= 0.65 ? 2 : share <= 0.80 ? 3 : share <= 0.90 ? 4 : 5;
    frameSize = Math.min(size, total - index);
    forwardedAt = clock;
    for (int i = 0; i < frameSize; i++) {
      gaps[i] = gap(i == 0);
      forwardedAt += gaps[i];
    }
    forwardedAt += 800 + below(400);
  }

  /** Before a frame's first action, from a second to a minute and a half; within it, a burst. */
  private int gap(boolean first) {
    double share = chance.nextDouble();
    return first
        ? 1_000 + (int) (20_000 * share + 70_000 * Math.pow(share, 12))
        : 300 + (int) (2_500 * share * share);
  }

  /** Makes the planned frame, and plans the next. */
  public Frame frame() {
    Frame frame = again.orElseGet(() -> new Frame(forwardedAt, json().replace('\'', '"')));
    again = Optional.of(frame).filter(made -> !isDone() && wording.repeats());
    if (!isDone() && again.isEmpty()) {
      plan();
    }
    return frame;
  }

  private String json() {
    StringJoiner actions = new StringJoiner(", ", "[", "]");
    wording.frame();
    int count = frameSize;
    for (int i = 0; i < frameSize; i++) {
      clock += gaps[i];
      act();
      actions.add(action(clock, i + 1 < frameSize ? clock + gaps[i + 1] : clock));
      index++;
    }
    int before = index == 0 ? 0 : wording.late();
    if (before > 0) {
      actions.add(action(clock - before, clock - before));
      late++;
      count++;
    }
    return wording.object(
        "'type': 'actions'",
        "'product_id': '" + wording.product() + "'",
        whose[0],
        whose[1],
        whose[2],
        "'count': " + count,
        "'forwarded_at': " + seconds(forwardedAt),
        "'actions': " + actions);
  }

  private String action(long start, long end) {
    String title = wording.title(page, lastKind);
    String path = wording.rawPath(page);
    String site = "https://app.example.com";
    // The same visitor comes to a page in the same way.
    String query = wording.query(QUERIES[Math.floorMod(identity + page, QUERIES.length)]);
    return wording.object(
        "'index': " + (index + late),
        "'type': '" + lastKind.type() + "'",
        "'title': '" + title + "'",
        "'description': 'User did on " + path + ": " + title + "'",
        "'timestamp_start': " + seconds(start),
        "'timestamp_end': " + seconds(end),
        "'raw_url': '" + site + path + query + "'",
        "'canonical_url': '" + site + wording.path(page) + "'",
        whose[0],
        whose[1],
        whose[2]);
  }

  private static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }

  private void act() {
    double share = chance.nextDouble();
    if (index == 0 || share < 0.38) {
      move();
      lastKind = Kind.PAGEVIEW;
    } else if (share >= 0.43 || lastKind == Kind.SUBMIT) {
      Kind rare = share < 0.94 ? Kind.TYPE : Kind.SUBMIT;
      lastKind = share < 0.66 ? Kind.CLICK : share < 0.84 ? Kind.OTHER_CLICK : rare;
      wording.element();
    }
  }

  /** Mostly on to another page, sometimes back, sometimes the same again. */
  private void move() {
    double share = chance.nextDouble();
    int from = page;
    if (share < 0.94) {
      page = share < 0.12 ? previousPage : anyPage();
    }
    previousPage = from;
    wording.view(page != from);
  }
}
