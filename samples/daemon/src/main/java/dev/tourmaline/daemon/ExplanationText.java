package dev.tourmaline.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tourmaline.engine.log.OneLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The answer of {@code /explain} as text for people; times are in UTC. */
final class ExplanationText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder();

  private ExplanationText() {}

  static String of(JsonNode explanation) {
    ExplanationText report = new ExplanationText();
    report.visit(explanation);
    report.decisions(explanation.path("decisions"));
    report.rules(explanation);
    return report.text.toString();
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }

  private void visit(JsonNode explanation) {
    line(
        "Session %s of %s"
            .formatted(text(explanation, "session_id"), text(explanation, "product_id")));
    JsonNode visit = explanation.path("visit");
    if (visit.isMissingNode()) {
      line("  It is not known: no action of it has come, it has ended, or its user objects.");
      return;
    }
    line(
        "  The user is %s. %d of its actions are kept."
            .formatted(
                visit.path("user_known").asBoolean() ? "known" : "not known",
                visit.path("actions").asInt()));
    JsonNode last = visit.path("last_action");
    if (!last.isMissingNode()) {
      line("  Seen last: %s at %s UTC.".formatted(action(last), time(last)));
    }
  }

  private static String action(JsonNode action) {
    String page = text(action, "page");
    return switch (text(action, "kind")) {
      case "idle" -> "a silence on " + page;
      case "dwell" -> "a stay on " + page;
      default -> "%s of %s".formatted(text(action, "kind"), page.isEmpty() ? "no page" : page);
    };
  }

  private void decisions(JsonNode decisions) {
    line("");
    if (decisions.isEmpty()) {
      line("No decision: no rule has offered a tour.");
      return;
    }
    line("Decisions, the oldest first, by the time of the moment in UTC:");
    for (JsonNode decision : decisions) {
      String rule = text(decision, "rule");
      line(
          "  %s  %-10s  %s%s"
              .formatted(
                  time(decision),
                  text(decision, "decision"),
                  text(decision, "flow_id"),
                  rule.isEmpty() ? ", by no rule" : ", by rule \"" + rule + "\""));
      line("      why offered: %s".formatted(text(decision, "reason")));
      String held = held(decision);
      if (!held.isEmpty()) {
        line("      held back by %s".formatted(held));
      }
      for (Map.Entry<String, JsonNode> sink : decision.path("deliveries").properties()) {
        String detail = text(sink.getValue(), "detail");
        line(
            "      sink %s: %s%s"
                .formatted(
                    OneLine.of(sink.getKey()),
                    text(sink.getValue(), "delivery"),
                    detail.isEmpty() ? "" : ", " + detail));
      }
    }
  }

  /** What has held a tour back, and how often in a row; empty text if nothing has. */
  private static String held(JsonNode decision) {
    String gate = text(decision, "gate");
    String detail = text(decision, "detail");
    String held =
        gate.isEmpty() ? detail : detail.isEmpty() ? gate : "%s: %s".formatted(gate, detail);
    long times = decision.path("times").asLong(1);
    return times > 1 && !held.isEmpty() ? "%s (%d times in a row)".formatted(held, times) : held;
  }

  private void rules(JsonNode explanation) {
    JsonNode rules = explanation.path("rules");
    if (rules.isEmpty()) {
      return;
    }
    line("");
    line("Rules:");
    for (JsonNode rule : rules) {
      rule(rule);
    }
    int leftOut = explanation.path("rules_left_out").asInt();
    if (leftOut > 0) {
      line("  %d more rules are left out.".formatted(leftOut));
    }
  }

  private void rule(JsonNode rule) {
    String name = "\"%s\" (%s)".formatted(text(rule, "rule"), text(rule, "flow_id"));
    if (text(rule, "account").equals("decided")) {
      JsonNode last = rule.path("last_decision");
      String held = held(last);
      line(
          "  %s did match. Last decision: %s%s"
              .formatted(name, text(last, "decision"), held.isEmpty() ? "" : ", " + held));
      return;
    }
    String remark = text(rule, "remark");
    if (text(rule, "account").equals("untold")) {
      line("  %s offered nothing: %s".formatted(name, remark));
      return;
    }
    JsonNode nearest = rule.path("nearest");
    line("  %s offered nothing. Nearest: %s at %s".formatted(name, action(nearest), time(nearest)));
    for (JsonNode check : rule.path("constraints")) {
      check(check);
    }
    if (!remark.isEmpty()) {
      line("      (%s)".formatted(remark));
    }
  }

  private void check(JsonNode check) {
    String mark =
        switch (text(check, "verdict")) {
          case "holds" -> "yes";
          case "fails" -> "no";
          default -> "?";
        };
    String detail = text(check, "detail");
    line(
        "      %-3s  %s%s"
            .formatted(mark, text(check, "constraint"), detail.isEmpty() ? "" : ": " + detail));
  }

  private static String time(JsonNode object) {
    return TIME.format(Instant.ofEpochMilli(Math.round(object.path("at").asDouble() * 1_000)));
  }

  /** What came from a visitor neither begins a line nor moves the cursor. */
  private static String text(JsonNode object, String key) {
    return OneLine.of(object.path(key).asText(""));
  }
}
