package dev.tourmaline.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tourmaline.engine.log.OneLine;
import java.util.Locale;
import java.util.Map;

/** The answer of {@code /stats} as text for people; counts of zero are left out. */
final class StatsText {

  private final StringBuilder text = new StringBuilder();

  private StatsText() {}

  static String of(JsonNode stats) {
    StatsText report = new StatsText();
    JsonNode products = stats.path("products");
    report.line(
        "Counted since the start%s:".formatted(products.isEmpty() ? "" : ", of all products"));
    report.counts(stats.path("counts"));
    if (products.isEmpty()) {
      report.line("");
      report.effects(stats.path("effects"));
    }
    for (Map.Entry<String, JsonNode> product : products.properties()) {
      report.line("");
      report.line("Of product %s:".formatted(OneLine.of(product.getKey())));
      report.counts(product.getValue().path("counts"));
      report.line("");
      report.effects(product.getValue().path("effects"));
    }
    return report.text.toString();
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  private void counts(JsonNode counts) {
    for (Map.Entry<String, JsonNode> count : counts.properties()) {
      String name = count.getKey().replace('_', ' ');
      if (!count.getValue().isObject()) {
        count("  " + name, count.getValue().asLong());
      } else if (!count.getValue().isEmpty()) {
        line("  %s:".formatted(OneLine.of(name)));
        count
            .getValue()
            .properties()
            .forEach(one -> count("    " + one.getKey(), one.getValue().asLong()));
      }
    }
  }

  private void count(String name, long times) {
    if (times != 0) {
      line("%-28s %d".formatted(OneLine.of(name), times));
    }
  }

  private void effects(JsonNode effects) {
    JsonNode rules = effects.path("rules");
    if (rules.isEmpty()) {
      line("No rule has a goal (@goal), so that no effect is measured.");
      return;
    }
    line(
        "Effects, at a confidence of %s of all together:"
            .formatted(percent(effects.path("confidence"))));
    for (JsonNode rule : rules) {
      line("  \"%s\": %s".formatted(text(rule, "rule"), text(rule, "remark")));
      line("      goal: %s".formatted(text(rule, "goal")));
      arm("admitted", rule.path("treated"));
      arm("held out", rule.path("held_out"));
      JsonNode interval = rule.path("interval");
      line(
          "      difference %s, between %s and %s"
              .formatted(
                  percent(rule.path("difference")),
                  percent(interval.path("low")),
                  percent(interval.path("high"))));
    }
  }

  private static String text(JsonNode object, String key) {
    return OneLine.of(object.path(key).asText(""));
  }

  private void arm(String name, JsonNode arm) {
    JsonNode rate = arm.path("rate");
    line(
        "      %s: %d of %d reached it%s"
            .formatted(
                name,
                arm.path("successes").asLong(),
                arm.path("users").asLong(),
                rate.isNumber() ? ", " + percent(rate) : ""));
  }

  private static String percent(JsonNode share) {
    return share.isNumber()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.asDouble())
        : "not known";
  }
}
