package dev.tourmaline.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the definitions say about two behaviours, read off a list of plain records: "back and forth"
 * (A-B-A within 120 s) and "three visits" (to any one page within ten minutes). Knows nothing of
 * the engine; slow and short.
 */
final class PlainReading {

  static final String BACK_AND_FORTH = "Back and forth";
  static final String THREE_VISITS = "Three visits";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private record Seen(long at, boolean view, String rawPath, String path) {}

  private static final class Session {
    final long openedAt;
    long lastEventAt;
    long newest;
    final List<Seen> actions = new ArrayList<>();
    final Set<String> known = new HashSet<>();

    Session(long openedAt) {
      this.openedAt = openedAt;
    }
  }

  private final Map<String, Session> sessions = new HashMap<>();

  /** By session: the rule and the time of the action, each that should be offered. */
  final Map<String, List<String>> offers = new TreeMap<>();

  int keptOut;

  void frame(String line) throws IOException {
    JsonNode frame = JSON.readTree(line);
    long forwardedAt = millis(frame.get("forwarded_at"));
    for (JsonNode action : frame.get("actions")) {
      String id = text(action, "session_id");
      id = id.isEmpty() ? text(frame, "session_id") : id;
      id = id.isEmpty() ? text(action, "user_id") : id;
      id = id.isEmpty() ? text(frame, "user_id") : id;
      String key = text(frame, "product_id") + "/" + id;
      Session session = sessions.get(key);
      if (session == null
          || forwardedAt - session.lastEventAt > 30 * MINUTE
          || forwardedAt - session.openedAt > 24 * 60 * MINUTE) {
        session = new Session(forwardedAt);
        sessions.put(key, session);
      }
      session.lastEventAt = forwardedAt;
      take(key, session, action, forwardedAt);
    }
  }

  private void take(String key, Session session, JsonNode action, long forwardedAt) {
    long start = millis(action.get("timestamp_start"));
    long at = start == 0 ? forwardedAt : start;
    String identity =
        at + " " + text(action, "type") + " " + text(action, "raw_url") + text(action, "title");
    if (at < session.newest - 30 * SECOND || (start != 0 && !session.known.add(identity))) {
      keptOut++;
      return;
    }
    session.newest = Math.max(session.newest, at);
    Seen seen =
        new Seen(
            at,
            text(action, "type").equals("pageview"),
            URI.create(text(action, "raw_url")).getPath(),
            URI.create(text(action, "canonical_url")).getPath());
    int place = session.actions.size();
    while (place > 0 && session.actions.get(place - 1).at > at) {
      place--;
    }
    session.actions.add(place, seen);
    if (!seen.view) {
      return;
    }
    List<Seen> views = session.actions.subList(0, place + 1).stream().filter(Seen::view).toList();
    if (isBackAndForth(views, at)) {
      offers.computeIfAbsent(key, k -> new ArrayList<>()).add(BACK_AND_FORTH + " " + at);
    }
    if (visits(views, seen.path, at - 10 * MINUTE) >= 3) {
      offers.computeIfAbsent(key, k -> new ArrayList<>()).add(THREE_VISITS + " " + at);
    }
  }

  /** The newest view begins the third of three runs of equal pages, the first equal to it. */
  private static boolean isBackAndForth(List<Seen> views, long at) {
    List<Seen> begins = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      if (i == 0 || !views.get(i).path.equals(views.get(i - 1).path)) {
        begins.add(views.get(i));
      }
    }
    int last = begins.size() - 1;
    return last >= 2
        && begins.get(last) == views.get(views.size() - 1)
        && begins.get(last - 2).path.equals(begins.get(last).path)
        && begins.get(last - 2).at >= at - 120 * SECOND;
  }

  private static int visits(List<Seen> views, String path, long from) {
    int visits = 0;
    for (int i = 0; i < views.size(); i++) {
      boolean visit = i == 0 || !views.get(i).rawPath.equals(views.get(i - 1).rawPath);
      if (visit && views.get(i).at >= from && views.get(i).path.equals(path)) {
        visits++;
      }
    }
    return visits;
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? "" : value.asText();
  }

  private static long millis(JsonNode seconds) {
    return seconds == null || seconds.isNull() ? 0 : Math.round(seconds.asDouble() * 1_000);
  }
}
