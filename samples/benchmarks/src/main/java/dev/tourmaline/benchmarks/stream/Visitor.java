package dev.tourmaline.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tourmaline.benchmarks.stream.Site.Kind;

/** One visitor's session: looks at pages, goes back and forth, clicks, now and then submits. */
final class Visitor implements Comparable<Visitor> {

  private static final int MOST_IN_A_FRAME = 5;
  private static final double[] FRAME_SIZES = {0.40, 0.65, 0.80, 0.90};
  private static final String[] NAMES = {
    "alex", "maria", "chen", "fatima", "john", "olga", "pedro", "yuki"
  };

  private static final byte[] FRAME = ascii("{'type': 'actions', 'product_id': 'prod_shop', ");
  private static final byte[] SESSION = ascii("'session_id': '");
  private static final byte[] USER = ascii("', 'user_id': 'usr_");
  private static final byte[] EMAIL = ascii("', 'email': '");
  private static final byte[] HOST = ascii("@example.com'");
  private static final byte[] COUNT = ascii(", 'count': ");
  private static final byte[] FORWARDED_AT = ascii(", 'forwarded_at': ");
  private static final byte[] ACTIONS = ascii(", 'actions': [");
  private static final byte[] INDEX = ascii("{'index': ");
  private static final byte[] END = ascii(", 'timestamp_end': ");

  private final long identity;
  private final Chance chance;
  private final int total;

  /** How long after the action before each action of the next frame comes, in milliseconds. */
  private final int[] gaps = new int[MOST_IN_A_FRAME];

  private int frameSize;
  private long forwardedAt;
  private long clock;
  private int index;
  private int page;
  private int previousPage;
  private Kind lastKind = Kind.SUBMIT;

  private static byte[] ascii(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  Visitor(StreamShape shape, int number, long startsAt, int spreadMillis) {
    identity = Chance.mix(shape.seed() * 31 + shape.first() + number + 1);
    chance = new Chance(identity);
    total = shape.actions();
    clock = startsAt + chance.below(spreadMillis);
    page = anyPage();
    previousPage = anyPage();
    plan();
  }

  /** Few pages get most visits. */
  private int anyPage() {
    double share = chance.share();
    return (int) (share * share * share * Site.PAGES);
  }

  boolean isDone() {
    return index >= total;
  }

  long forwardedAt() {
    return forwardedAt;
  }

  int frameSize() {
    return frameSize;
  }

  /** Decides how many actions the next frame holds and when each happens. */
  private void plan() {
    double share = chance.share();
    int size = 1;
    while (size <= FRAME_SIZES.length && share > FRAME_SIZES[size - 1]) {
      size++;
    }
    frameSize = Math.min(size, total - index);
    long last = clock;
    for (int i = 0; i < frameSize; i++) {
      gaps[i] = gap(i == 0);
      last += gaps[i];
    }
    forwardedAt = last + 800 + chance.below(400);
  }

  /** Before a frame's first action, from a second to a minute and a half; within it, a burst. */
  private int gap(boolean first) {
    double share = chance.share();
    if (first) {
      return 1_000 + (int) (20_000 * share + 70_000 * Math.pow(share, 12));
    }
    return 300 + (int) (2_500 * share * share);
  }

  /** Writes the planned frame without a line's end, and plans the next. */
  void write(FrameBuffer out) {
    out.add(FRAME);
    whose(out);
    out.add(COUNT);
    out.number(frameSize);
    out.add(FORWARDED_AT);
    out.seconds(forwardedAt);
    out.add(ACTIONS);
    for (int i = 0; i < frameSize; i++) {
      if (i > 0) {
        out.add(',');
        out.add(' ');
      }
      clock += gaps[i];
      action(out, i + 1 < frameSize ? clock + gaps[i + 1] : clock);
    }
    out.add(']');
    out.add('}');
    if (!isDone()) {
      plan();
    }
  }

  private void action(FrameBuffer out, long end) {
    Kind kind = act();
    out.add(INDEX);
    out.number(index++);
    out.add(',');
    out.add(' ');
    out.add(Site.site().head(page, kind));
    out.seconds(clock);
    out.add(END);
    out.seconds(end);
    // The same visitor comes to a page in the same way.
    int query = Math.floorMod(identity + page, 4);
    out.add(Site.site().urls(page, query < Site.queries() ? query : 0));
    whose(out);
    out.add('}');
  }

  private Kind act() {
    double share = chance.share();
    if (index == 0 || share < 0.38) {
      move();
      lastKind = Kind.PAGEVIEW;
    } else if (share < 0.43 && lastKind != Kind.SUBMIT) {
      return lastKind;
    } else if (share < 0.66) {
      lastKind = Kind.CLICK;
    } else if (share < 0.84) {
      lastKind = Kind.OTHER_CLICK;
    } else if (share < 0.94) {
      lastKind = Kind.TYPE;
    } else {
      lastKind = Kind.SUBMIT;
    }
    return lastKind;
  }

  /** Mostly on to another page, sometimes back, sometimes the same again. */
  private void move() {
    double share = chance.share();
    int from = page;
    if (share < 0.12) {
      page = previousPage;
    } else if (share < 0.94) {
      page = anyPage();
    }
    previousPage = from;
  }

  private void whose(FrameBuffer out) {
    long other = Chance.mix(identity + 1);
    out.add(SESSION);
    out.hex(identity >>> 32, 8);
    out.add('-');
    out.hex(identity >>> 16, 4);
    out.add('-');
    out.hex(identity, 4);
    out.add('-');
    out.hex(other >>> 48, 4);
    out.add('-');
    out.hex(other, 12);
    out.add(USER);
    out.hex(other >>> 8, 12);
    out.add(EMAIL);
    out.add(name());
    out.add('.');
    out.hex(identity, 6);
    out.add(HOST);
  }

  private byte[] name() {
    return NAME_BYTES[(int) (identity & NAMES.length - 1)];
  }

  private static final byte[][] NAME_BYTES = new byte[NAMES.length][];

  static {
    for (int i = 0; i < NAMES.length; i++) {
      NAME_BYTES[i] = NAMES[i].getBytes(UTF_8);
    }
  }

  @Override
  public int compareTo(Visitor other) {
    int order = Long.compare(forwardedAt, other.forwardedAt);
    return order != 0 ? order : Long.compare(identity, other.identity);
  }
}
