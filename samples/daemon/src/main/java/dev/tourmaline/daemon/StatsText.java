package dev.tourmaline.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tourmaline.engine.log.OneLine;
import java.util.Locale;

/** The answer of {@code /stats} as text for people; counts of zero are left out. */
final class StatsText {

  private final StringBuilder text = new StringBuilder();

  private StatsText() {}

  static String of(JsonNode stats) {
    StatsText report = new StatsText();
    report.line("Counted since the start:");
    report.counts("  ", stats.path("counts"));
    report.line("");
    report.effects(stats.path("effects"));
    return report.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append(System.lineSeparator());
  }

  private void counts(String indent, JsonNode counts) {
    counts
        .fields()
        .forEachRemaining(
            count -> {
              String name = OneLine.of(count.getKey()).replace('_', ' ');
              if (count.getValue().isObject()) {
                if (!count.getValue().isEmpty()) {
                  line("%s%s:", indent, name);
                  count
                      .getValue()
                      .fields()
                      .forEachRemaining(
                          one ->
                              line(
                                  "%s  %-24s %d",
                                  indent, OneLine.of(one.getKey()), one.getValue().asLong()));
                }
              } else if (count.getValue().asLong() != 0) {
                line("%s%-26s %d", indent, name, count.getValue().asLong());
              }
            });
  }

  private void effects(JsonNode effects) {
    JsonNode rules = effects.path("rules");
    if (rules.isEmpty()) {
      line("No rule has a goal (@goal), so that no effect is measured.");
      return;
    }
    line("Effects, at a confidence of %s of all together:", percent(effects.path("confidence")));
    for (JsonNode rule : rules) {
      line(
          "  \"%s\": %s",
          OneLine.of(rule.path("rule").asText()),
          OneLine.of(rule.path("verdict").asText()).replace('_', ' '));
      line("      %s", OneLine.of(rule.path("remark").asText()));
      line("      goal: %s", OneLine.of(rule.path("goal").asText()));
      arm("admitted", rule.path("treated"));
      arm("held out", rule.path("held_out"));
      JsonNode interval = rule.path("interval");
      line(
          "      difference %s, between %s and %s",
          percent(rule.path("difference")),
          percent(interval.path("low")),
          percent(interval.path("high")));
    }
  }

  private void arm(String name, JsonNode arm) {
    line(
        "      %s: %d of %d reached it (%s)",
        name,
        arm.path("successes").asLong(),
        arm.path("users").asLong(),
        percent(arm.path("rate")));
  }

  private static String percent(JsonNode share) {
    return share.isNumber()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.asDouble())
        : "not known";
  }
}
