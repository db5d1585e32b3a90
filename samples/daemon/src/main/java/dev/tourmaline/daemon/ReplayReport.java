package dev.tourmaline.daemon;

import dev.tourmaline.engine.listener.EngineStats;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The summary at the end of a replay. */
final class ReplayReport {

  private ReplayReport() {}

  /**
   * How long a replay took.
   *
   * @param total all of it
   * @param events the part that read and evaluated the events; the rest compiled the rules
   */
  record Timing(Duration total, Duration events) {}

  /** {@return the summary, in lines} */
  static String of(EngineStats summary, Timing timing, boolean policy) {
    double seconds = Math.max(timing.events().toNanos() / 1e9, 1e-9);
    StringBuilder text = new StringBuilder();
    line(text, "frames", number(summary.frames()));
    line(text, "actions", number(summary.actions()));
    line(text, "sessions", number(summary.sessions()));
    line(text, "rejected", rejected(summary));
    line(text, "ignored", number(summary.ignored()));
    line(text, "unroutable", number(summary.unroutable()));
    line(text, "late", number(summary.late()));
    line(text, "repeats", number(summary.repeats()));
    line(text, "offers", number(sum(summary.offersByFlow())));
    line(text, "triggers", policy ? number(sum(summary.triggersByFlow())) : "policy is off");
    line(
        text,
        "time",
        String.format(
            Locale.ROOT,
            "%.1f s, %s actions per second; %.1f s before that to compile the rules",
            seconds,
            number(Math.round(summary.actions() / seconds)),
            timing.total().minus(timing.events()).toNanos() / 1e9));
    TreeSet<String> flows = new TreeSet<>(summary.offersByFlow().keySet());
    flows.addAll(summary.triggersByFlow().keySet());
    for (String flow : flows) {
      text.append("  ").append(flow).append(": ");
      text.append(number(summary.offersByFlow().getOrDefault(flow, 0L))).append(" offered");
      if (policy) {
        text.append(", ").append(number(summary.triggersByFlow().getOrDefault(flow, 0L)));
        text.append(" triggered");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** {@return whether the events held something, and all of it was rejected} */
  static boolean isNothingUnderstood(EngineStats summary) {
    return sum(summary.rejected()) > 0
        && summary.actions() + summary.summaries() + summary.inbound() + summary.ignored() == 0;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-11s %s%n", name, value));
  }

  private static String rejected(EngineStats summary) {
    long all = sum(summary.rejected());
    return all == 0
        ? "0"
        : number(all)
            + new TreeMap<>(summary.rejected())
                .entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(
                        entry ->
                            entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + " "
                                + number(entry.getValue()))
                    .collect(Collectors.joining(", ", " (", ")"));
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
