package dev.tourmaline.soak;

import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.GeneratedStream.Frame;
import dev.tourmaline.workload.Visitor;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * An open population: new sessions begin at a constant rate, a third of them of users who have been
 * here before. A few frames are damaged, and a few name pages that nobody has seen. Endless; not
 * thread-safe.
 */
final class Visitors {

  /** How many actions a session has. */
  static final int ACTIONS = 12;

  /** Far more than what is taken in whole. */
  private static final String LONG_TITLE = "x".repeat(20_000);

  private final PriorityQueue<Visitor> present = new PriorityQueue<>(Visitor.ORDER);
  private final SplittableRandom chance;
  private final long warmUntil;
  private final double millisBetweenSessions;
  private final long firstNumber;
  private long sessions;
  private long frames;

  /**
   * Begins with sessions of one action each.
   *
   * @param actionsPerSecond once the sessions are whole
   * @param warmUp how long they are not
   */
  Visitors(int actionsPerSecond, Duration warmUp, long seed) {
    warmUntil = GeneratedStream.BEGIN + warmUp.toMillis();
    millisBetweenSessions = 1_000.0 * ACTIONS / actionsPerSecond;
    firstNumber = seed * 31;
    chance = new SplittableRandom(seed);
  }

  /** Makes the next frame. */
  Frame next() {
    long arrival = arrival();
    while (present.isEmpty() || arrival <= present.element().nextAt()) {
      long number = firstNumber + sessions;
      long earlier = sessions == 0 ? number : firstNumber + chance.nextLong(sessions);
      long user = chance.nextInt(3) == 0 ? earlier : number;
      present.add(new Visitor(number, user, arrival < warmUntil ? 1 : ACTIONS, arrival));
      sessions++;
      arrival = arrival();
    }
    Visitor visitor = present.remove();
    Frame frame = visitor.frame();
    if (!visitor.isDone()) {
      present.add(visitor);
    }
    return new Frame(frame.forwardedAt(), disturbed(frame.json()));
  }

  /** When the next session comes. */
  private long arrival() {
    return GeneratedStream.BEGIN + (long) (sessions * millisBetweenSessions);
  }

  private String disturbed(String json) {
    frames++;
    if (frames % 50 == 0) {
      // Ids in paths: more pages than any table holds.
      return json.replace("app.example.com/", "app.example.com/of/" + frames + "/");
    }
    return switch ((int) (frames % 1_009)) {
      case 1 -> json.substring(0, json.length() / 2);
      case 2 -> json.replace("\"title\": \"", "\"title\": \"" + LONG_TITLE);
      case 3 -> json.replace("\"type\": \"actions\"", "\"type\": \"unheard_of\"");
      case 4 -> json.replace("\"type\": \"click\"", "\"type\": 7");
      default -> json;
    };
  }
}
