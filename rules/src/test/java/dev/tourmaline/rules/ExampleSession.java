package dev.tourmaline.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session written down in the comment of a rule file, and what is to become of it. */
final class ExampleSession {

  static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

  /** A session's clock goes on by itself only after 15 s of grace for batching. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(20);

  private static final Pattern HEADING = Pattern.compile("// (Fires|Silent)(, .*)?:");
  private static final Pattern LINE =
      Pattern.compile(
          "//\\s+(\\d+):(\\d\\d(?:\\.\\d+)?)\\s+(\\w+)(?:\\s+(/\\S*))?(?:\\s+((?!->).+?))?\\s*(?:-> (.+))?");

  private final String title;
  private final boolean fires;
  private final List<Line> lines = new ArrayList<>();

  private ExampleSession(String title, boolean fires) {
    this.title = title;
    this.fires = fires;
  }

  /** A moment of a session: what happens, and the rule that is to fire, or empty text. */
  private record Line(Duration after, String type, String path, String title, String rule) {}

  /** A rule that fires, and when, on the session's own clock. */
  record ExpectedOffer(String rule, Duration after) {}

  static List<ExampleSession> readFrom(String drl) {
    List<ExampleSession> sessions = new ArrayList<>();
    for (String line : drl.lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      Matcher moment = LINE.matcher(line);
      if (heading.matches()) {
        sessions.add(new ExampleSession(line.substring(3), heading.group(1).equals("Fires")));
      } else if (moment.matches() && !sessions.isEmpty()) {
        sessions.get(sessions.size() - 1).lines.add(line(moment));
      }
    }
    return sessions;
  }

  private static Line line(Matcher m) {
    Duration after =
        Duration.ofMinutes(Long.parseLong(m.group(1)))
            .plusMillis(new BigDecimal(m.group(2)).movePointRight(3).longValueExact());
    return new Line(after, m.group(3), text(m.group(4)), text(m.group(5)), text(m.group(6)));
  }

  private static String text(String group) {
    return group == null ? "" : group.strip();
  }

  String title() {
    return title;
  }

  boolean fires() {
    return fires;
  }

  List<ExpectedOffer> expected() {
    return lines.stream()
        .filter(l -> !l.rule().isEmpty())
        .map(l -> new ExpectedOffer(l.rule(), l.after()))
        .toList();
  }

  /**
   * The session as connector frames, one a line, and after it a minute in which nothing happens.
   */
  byte[] frames() {
    StringBuilder frames = new StringBuilder();
    int index = 0;
    for (Line line : lines) {
      frames.append(line.type().equals("passes") ? passing(line.after()) : frame(line, index++));
    }
    Duration last = lines.get(lines.size() - 1).after();
    frames.append(passing(last.plus(AFTERWARDS)));
    return frames.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String frame(Line line, int index) {
    String at = seconds(line.after());
    String raw = "https://app.example.com" + line.path();
    String canonical = raw.replaceAll("/\\d+(?=/|$)", "/:id");
    return """
        {"type":"actions","product_id":"prod_abc","session_id":"ps_1","user_id":"u_1","email":null,\
        "count":1,"forwarded_at":%s,"actions":[{"index":%d,"type":"%s","title":"%s",\
        "description":"","timestamp_start":%s,"timestamp_end":%s,"raw_url":"%s",\
        "canonical_url":"%s","session_id":"ps_1","user_id":"u_1","email":null}]}
        """
        .formatted(at, index, line.type(), line.title(), at, at, raw, canonical);
  }

  /** Replay knows the time from frames alone; this one belongs to a session of no interest. */
  private static String passing(Duration after) {
    return """
        {"type":"summary","product_id":"prod_abc","session_id":"ps_other","summary":"",\
        "replaces":0,"forwarded_at":%s}
        """
        .formatted(seconds(after));
  }

  private static String seconds(Duration after) {
    return BigDecimal.valueOf(BEGIN.plus(after).toEpochMilli(), 3)
        .setScale(1, RoundingMode.UNNECESSARY)
        .toPlainString();
  }

  @Override
  public String toString() {
    return title;
  }
}
