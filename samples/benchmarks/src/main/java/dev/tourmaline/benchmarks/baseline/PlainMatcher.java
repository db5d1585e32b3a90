package dev.tourmaline.benchmarks.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.benchmarks.baseline.Trail.Kinds;
import dev.tourmaline.benchmarks.behaviour.Behaviour;
import dev.tourmaline.benchmarks.stream.FrameFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same behaviours, written by hand in plain Java: a map from session to what it did, and a loop
 * over the behaviours that an action could complete. It knows no late, repeated or blind actions,
 * no policy, no timers and no sleep. Not thread-safe.
 */
public final class PlainMatcher {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Trail> trails = new HashMap<>();
  private final Map<String, Short> pages = new HashMap<>();
  private final Map<String, Integer> titles = new HashMap<>();

  /** What an action of a kind could complete, on any page and on each. */
  private final Map<Byte, List<Check>> anywhere = new HashMap<>();

  private final Map<Integer, List<Check>> onPage = new HashMap<>();
  private long actions;
  private long found;

  /**
   * A behaviour with its pages as numbers.
   *
   * @param behaviour the behaviour
   * @param page its page, or -1
   * @param other its other page, or -1
   */
  private record Check(Behaviour behaviour, int page, int other) {}

  /**
   * Prepares to look for behaviours.
   *
   * @param behaviours what to look for
   */
  public PlainMatcher(List<Behaviour> behaviours) {
    for (Behaviour behaviour : behaviours) {
      Check check = new Check(behaviour, number(behaviour.page()), number(behaviour.other()));
      byte kind =
          switch (behaviour.form()) {
            case REVISIT, PING_PONG, CAME_FROM -> Kinds.PAGEVIEW;
            case REPEATED_SUBMIT, SUBMIT_THEN_SUBMIT, CLICK_THEN_SUBMIT -> Kinds.SUBMIT;
            default -> Kinds.CLICK;
          };
      int completedOn =
          switch (behaviour.form()) {
            case CLICK_THEN_SUBMIT, VIEW_THEN_CLICK -> check.other();
            default -> check.page();
          };
      List<Check> checks =
          completedOn < 0
              ? anywhere.computeIfAbsent(kind, k -> new ArrayList<>())
              : onPage.computeIfAbsent(completedOn << 4 | kind, k -> new ArrayList<>());
      checks.add(check);
    }
  }

  private int number(String path) {
    return path.isEmpty() ? -1 : pages.computeIfAbsent(path, p -> (short) pages.size());
  }

  /** {@return how many actions were read} */
  public long actions() {
    return actions;
  }

  /** {@return how often a behaviour was found} */
  public long found() {
    return found;
  }

  /**
   * Reads a file.
   *
   * @param file one frame a line
   * @throws IOException if it cannot be read
   */
  public void read(Path file) throws IOException {
    try (FrameFile frames = new FrameFile(file)) {
      while (frames.next()) {
        read(frames.buffer(), frames.start(), frames.length());
      }
    }
  }

  /**
   * Reads one frame.
   *
   * @param bytes holds it
   * @param offset where it begins
   * @param length how long it is
   * @throws IOException if it is not JSON
   */
  public void read(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean list = json.currentName().equals("actions");
        json.nextToken();
        if (list) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            action(json);
          }
        }
      }
    }
  }

  private void action(JsonParser json) throws IOException {
    String session = "";
    String type = "";
    String title = "";
    String url = "";
    double start = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "session_id" -> session = json.getText();
        case "type" -> type = json.getText();
        case "title" -> title = json.getText();
        case "canonical_url" -> url = json.getText();
        case "timestamp_start" -> start = json.getDoubleValue();
        default -> {}
      }
    }
    String path = url.substring(url.indexOf('/', "https://".length()));
    actions++;
    Trail trail = trails.computeIfAbsent(session, s -> new Trail());
    byte kind = Kinds.of(type);
    short page = (short) number(path);
    int titleNumber = titles.computeIfAbsent(title, t -> titles.size());
    trail.add(Math.round(start * 1000), kind, page, titleNumber);
    found += found(anywhere.getOrDefault(kind, List.of()), trail);
    found += found(onPage.getOrDefault(page << 4 | kind, List.of()), trail);
  }

  private static long found(List<Check> checks, Trail trail) {
    long found = 0;
    for (Check check : checks) {
      if (Search.completed(trail, check.behaviour(), check.page(), check.other())) {
        found++;
      }
    }
    return found;
  }
}
