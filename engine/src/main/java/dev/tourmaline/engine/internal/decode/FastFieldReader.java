package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fast path: reads the fields of a frame of the plain form from its bytes. In the plain form,
 * fields hold text, numbers without sign and exponent, or null, and nothing is wrong.
 *
 * <p>Where a frame departs from that, the reader falls back: it reads nothing more, what was read
 * is discarded, and {@link JacksonFieldReader} reads the frame again.
 */
final class FastFieldReader implements FieldReader {

  private static final int LONGEST_NAME = 256;

  /** The fields that a frame and its actions repeat are consecutive. */
  private static final int FIRST_REPEATED = Field.SESSION_ID.ordinal();

  private static final int REPEATED = Field.CONVERSATION_ID.ordinal() - FIRST_REPEATED + 1;

  private static final int DEEPEST = 16;

  /** The placeholder result of a frame that fell back; discarded. */
  private static final Optional<DecodeResult> NOTHING = Optional.of(new DecodeResult.Ignored(""));

  private final JsonScanner in;
  private final byte[] bytes;
  private final TextPool pool;

  /** Where the text of each field stands that was read last, and the text. */
  private final int[] repeatedFrom = new int[REPEATED];

  private final int[] repeatedTo = new int[REPEATED];
  private final @Nullable String[] repeated = new String[REPEATED];
  private boolean firstAction;

  FastFieldReader(byte[] bytes, int from, int to, TextPool pool) {
    this.in = new JsonScanner(bytes, from, to);
    this.bytes = bytes;
    this.pool = pool;
  }

  /** Whether the frame has departed from the plain form. */
  boolean fellBack() {
    return in.fellBack();
  }

  @Override
  public Optional<DecodeResult> begin() {
    in.expect('{');
    return Optional.empty();
  }

  @Override
  public Optional<DecodeResult> end() {
    in.expectEnd();
    return in.fellBack() ? NOTHING : Optional.empty();
  }

  @Override
  public Field next(Field previous, FieldOrder order) {
    if (!in.nextInObject(previous == Field.NONE)) {
      return Field.NONE;
    }
    Field guess = order.after(previous);
    if (guess != Field.UNKNOWN && in.takeIf(guess.name)) {
      return guess;
    }
    if (!in.scanString() || in.isEscaped() || in.to() - in.from() > LONGEST_NAME) {
      in.fallBack();
      return Field.NONE;
    }
    Field field = Field.named(in.text());
    order.update(previous, field);
    in.expect(':');
    return field;
  }

  @Override
  public String text(Field field) {
    return scanText(field) ? in.text() : "";
  }

  @Override
  public String pooled(Field field) {
    if (!scanText(field)) {
      return "";
    }
    int hash = TextPool.hash(bytes, in.from(), in.to());
    String known = pool.find(bytes, in.from(), in.to(), hash);
    if (known != null) {
      return known;
    }
    String text = in.text();
    if (!in.fellBack()) {
      pool.offer(bytes, in.from(), in.to(), hash, text);
    }
    return text;
  }

  @Override
  public String repeated(Field field) {
    int kind = field.ordinal() - FIRST_REPEATED;
    String last = repeated[kind];
    if (last != null && in.takeIfLike(repeatedFrom[kind], repeatedTo[kind])) {
      return last;
    }
    if (!scanText(field)) {
      return "";
    }
    String text = in.text();
    repeatedFrom[kind] = in.from();
    repeatedTo[kind] = in.to();
    repeated[kind] = text;
    return text;
  }

  /** Goes to the text that comes next, if it is one and not null. */
  private boolean scanText(Field field) {
    if (in.takeNull()) {
      return false;
    }
    in.expect('"');
    if (!in.scanString()) {
      return false;
    }
    if (in.to() - in.from() > field.surelyFits) {
      in.fallBack();
    }
    return !in.fellBack();
  }

  @Override
  public long micros(Field field) {
    if (in.takeNull() || !in.scanNumber()) {
      return 0;
    }
    long micros = WireNumber.micros(in.digits(), in.wholeDigits(), in.decimals());
    if (micros < 0) {
      in.fallBack();
    }
    return micros;
  }

  @Override
  public int whole(Field field, int absent) {
    if (in.takeNull() || !in.scanNumber()) {
      return absent;
    }
    if (in.decimals() > 0 || in.digits() > Integer.MAX_VALUE) {
      in.fallBack();
    }
    return (int) in.digits();
  }

  @Override
  public int count(Field field, int absent, int nothing) {
    return whole(field, absent);
  }

  @Override
  public void skip() {
    in.skipValue(DEEPEST);
  }

  @Override
  public boolean beginActions(Field field) {
    if (in.takeNull()) {
      return false;
    }
    in.expect('[');
    firstAction = true;
    return !in.fellBack();
  }

  @Override
  public boolean hasAction() {
    boolean first = firstAction;
    firstAction = false;
    return in.nextInList(first);
  }

  @Override
  public Optional<Rejected> beginAction(int index, Faults faults) {
    in.expect('{');
    return Optional.empty();
  }

  @Override
  public void skipAction() {
    in.fallBack();
  }

  @Override
  public void endActions(Faults faults) {
    // There are none.
  }

  @Override
  public String place() {
    return "the frame";
  }
}
