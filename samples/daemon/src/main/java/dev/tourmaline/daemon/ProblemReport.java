package dev.tourmaline.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleProblem.Severity;
import dev.tourmaline.engine.rule.RuleSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Problems of rules in the forms that people and tools read.
 *
 * @param problems the problems
 * @param drl the rule texts to show; none where they were not asked for
 */
record ProblemReport(List<RuleProblem> problems, List<RuleSet.Source> drl) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  long errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
  }

  private long warnings() {
    return problems.size() - errors();
  }

  /** {@return a line for each problem, and a line of totals} */
  String text(int files) {
    StringBuilder text = new StringBuilder();
    for (RuleSet.Source source : drl) {
      text.append("// ").append(source.name()).append('\n').append(source.text().stripTrailing());
      text.append("\n\n");
    }
    problems.forEach(problem -> text.append(problem).append('\n'));
    String where = " in " + counted(files, "rule file");
    text.append(
        problems.isEmpty()
            ? "no problems" + where
            : counted(errors(), "error") + ", " + counted(warnings(), "warning") + where);
    return text.append('\n').toString();
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  String json() {
    ObjectNode json = JSON.objectNode();
    json.put("errors", errors()).put("warnings", warnings());
    ArrayNode list = json.putArray("problems");
    for (RuleProblem problem : problems) {
      list.addObject()
          .put("severity", severity(problem))
          .put("file", problem.file())
          .put("line", problem.line())
          .put("rule", problem.rule())
          .put("message", problem.message());
    }
    if (!drl.isEmpty()) {
      ArrayNode texts = json.putArray("drl");
      drl.forEach(rules -> texts.addObject().put("file", rules.name()).put("text", rules.text()));
    }
    return json.toPrettyString() + '\n';
  }

  /** {@return the problems as SARIF 2.1.0} */
  String sarif() {
    ObjectNode json = JSON.objectNode().put("$schema", SARIF_SCHEMA).put("version", "2.1.0");
    ObjectNode run = json.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", Tourmaline.NAME).put("version", Version.text());
    ObjectNode rule = driver.putArray("rules").addObject().put("id", "drl");
    rule.putObject("shortDescription")
        .put("text", "A rule that cannot be compiled, or could be better");
    ArrayNode results = run.putArray("results");
    problems.forEach(problem -> describe(problem, results.addObject()));
    return json.toPrettyString() + '\n';
  }

  private static void describe(RuleProblem problem, ObjectNode result) {
    result.put("ruleId", "drl").put("level", severity(problem));
    String rule = problem.rule().isEmpty() ? "" : "rule \"" + problem.rule() + "\": ";
    result.putObject("message").put("text", rule + problem.message());
    ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
    location.putObject("artifactLocation").put("uri", uri(problem.file()));
    if (problem.line() > 0) {
      location.putObject("region").put("startLine", problem.line());
    }
  }

  private static String severity(RuleProblem problem) {
    return problem.severity().name().toLowerCase(Locale.ROOT);
  }

  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      return path.startsWith("/")
          ? new URI("file", "", path, null).toASCIIString()
          : new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      // A relative path whose first part holds a colon, such as pack:navigation.
      return path.replace(":", "%3A").replace(" ", "%20");
    }
  }
}
