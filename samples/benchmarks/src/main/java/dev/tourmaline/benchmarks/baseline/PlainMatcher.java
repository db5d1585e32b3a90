package dev.tourmaline.benchmarks.baseline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.workload.Behaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same behaviours, written by hand in plain Java: a map from session to what it did, and a loop
 * over the behaviours that an action could complete. It leaves out late actions and repeated ones,
 * which it knows by their time alone, takes the others to come in order, and has no blind spans, no
 * policy, no timers and no sleep. Not thread-safe.
 */
public final class PlainMatcher {

  private static final int ANY_PAGE = -1;
  private static final Map<String, Byte> KINDS =
      Map.of("pageview", Trail.PAGEVIEW, "click", Trail.CLICK, "submit", Trail.SUBMIT);

  private final Map<String, Trail> trails = new HashMap<>();
  private final Map<String, Short> pages = new HashMap<>();
  private final Map<String, Integer> titles = new HashMap<>();

  /** What an action could complete, by its page and kind. */
  private final Map<Integer, List<Check>> checks = new HashMap<>();

  private long actions;
  private long found;

  /** A behaviour with its pages as numbers. */
  private record Check(Behaviour behaviour, int page, int other) {}

  /** Prepares to look for behaviours. */
  public PlainMatcher(List<Behaviour> behaviours) {
    for (Behaviour behaviour : behaviours) {
      int page = number(behaviour.page());
      int other = number(behaviour.other());
      int key =
          switch (behaviour.form()) {
            case REVISIT, PING_PONG, CAME_FROM -> key(page, Trail.PAGEVIEW);
            case REPEATED_SUBMIT, SUBMIT_THEN_SUBMIT -> key(page, Trail.SUBMIT);
            case CLICK_THEN_SUBMIT -> key(other, Trail.SUBMIT);
            case VIEW_THEN_CLICK -> key(other, Trail.CLICK);
            default -> key(page, Trail.CLICK);
          };
      Check check = new Check(behaviour, page, other);
      checks.computeIfAbsent(key, unknown -> new ArrayList<>()).add(check);
    }
  }

  private int number(String path) {
    return path.isEmpty() ? ANY_PAGE : pages.computeIfAbsent(path, p -> (short) pages.size());
  }

  private static int key(int page, byte kind) {
    return page << 4 | kind;
  }

  public long actions() {
    return actions;
  }

  public long found() {
    return found;
  }

  /** Looks for what the actions of a frame complete. */
  public void frame(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean list = json.currentName().equals("actions");
      json.nextToken();
      while (list && json.nextToken() == JsonToken.START_OBJECT) {
        action(json);
      }
    }
  }

  private void action(JsonParser json) throws IOException {
    String session = "";
    String title = "";
    String url = "";
    String rawUrl = "";
    double start = 0;
    byte kind = Trail.OTHER;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "session_id" -> session = json.getText();
        case "type" -> kind = KINDS.getOrDefault(json.getText(), Trail.OTHER);
        case "title" -> title = json.getText();
        case "raw_url" -> rawUrl = json.getText();
        case "canonical_url" -> url = json.getText();
        case "timestamp_start" -> start = json.getDoubleValue();
        default -> {}
      }
    }
    short page = (short) number(path(url));
    int titleNumber = titles.computeIfAbsent(title, t -> titles.size());
    Trail trail = trails.computeIfAbsent(session, s -> new Trail());
    String rawPath = kind == Trail.PAGEVIEW ? path(rawUrl) : "";
    actions++;
    if (trail.add(Math.round(start * 1000), kind, page, rawPath, titleNumber)) {
      find(key(ANY_PAGE, kind), trail);
      find(key(page, kind), trail);
    }
  }

  private static String path(String url) {
    int query = url.indexOf('?');
    return url.substring(url.indexOf('/', "https://".length()), query < 0 ? url.length() : query);
  }

  private void find(int key, Trail trail) {
    for (Check check : checks.getOrDefault(key, List.of())) {
      found += trail.completes(check.behaviour(), check.page(), check.other()) ? 1 : 0;
    }
  }
}
