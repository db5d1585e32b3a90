package dev.tourmaline.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Frames of an action each, one text of which is like no other and as long as a text may be: the
 * raw or the canonical URL, title, description, type, user, or the session, unless there is only
 * one. Half of such ids are no longer than an id may be. The same arguments give the same frames.
 */
public record HostileStream(int sessions, long seed) implements Serializable {

  /** The length of a text that is just not rejected. */
  public static final int LONGEST = 65_536;

  /** The length of an id that is just not rejected. */
  public static final int LONGEST_ID = 512;

  /** Few, so that rules have something to find. */
  private static final int PAGES = 10;

  private static final int FIRST_ID = 5;

  private static final String FILLER = "x".repeat(LONGEST);
  private static final String FRAME =
      """
      {"type": "actions", "product_id": "prod_shop", "count": 1, "forwarded_at": %1$s, "actions": [\
      {"timestamp_start": %1$s, "raw_url": "%2$s", "canonical_url": "%3$s", "title": "%4$s",\
       "description": "%5$s", "type": "%6$s", "user_id": "%7$s", "session_id": "%8$s"}]}""";

  /** {@return the frame of a number, forwarded at a time in milliseconds since the epoch} */
  public byte[] frame(int number, long now) {
    SplittableRandom chance = new SplittableRandom(seed + number);
    int page = chance.nextInt(PAGES);
    int session = chance.nextInt(sessions);
    Site.Kind kind = chance.nextBoolean() ? Site.Kind.PAGEVIEW : Site.Kind.CLICK;
    String url = "https://app.example.com" + Site.path(page);
    String title = Site.title(page, kind);
    String[] texts = {
      url, url, title, "User did: " + title, kind.type(), "usr_" + session, "ps_" + session
    };
    int hostile = chance.nextInt(sessions == 1 ? texts.length - 1 : texts.length);
    String separator = hostile > 1 ? " " : chance.nextBoolean() ? "?" : "/";
    int length = hostile >= FIRST_ID && chance.nextBoolean() ? LONGEST_ID : LONGEST;
    texts[hostile] = longest(texts[hostile] + separator, length, chance);
    Object[] values = new Object[1 + texts.length];
    values[0] = BigDecimal.valueOf(now, 3);
    System.arraycopy(texts, 0, values, 1, texts.length);
    return FRAME.formatted(values).getBytes(ISO_8859_1);
  }

  /** Text that differs from others near its begin, or only at its end. */
  private static String longest(String begin, int length, SplittableRandom chance) {
    String own = HexFormat.of().toHexDigits(chance.nextLong());
    String filler = FILLER.substring(0, length - begin.length() - own.length());
    return begin + (chance.nextBoolean() ? own + filler : filler + own);
  }
}
