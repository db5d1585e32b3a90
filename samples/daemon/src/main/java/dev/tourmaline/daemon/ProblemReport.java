package dev.tourmaline.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleProblem.Severity;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.io.StringWriter;
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

  private static final JsonFactory JSON = new JsonFactory();
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

  String json() throws IOException {
    return written(
        json -> {
          json.writeStartObject();
          json.writeNumberField("errors", errors());
          json.writeNumberField("warnings", warnings());
          json.writeArrayFieldStart("problems");
          for (RuleProblem problem : problems) {
            json.writeStartObject();
            json.writeStringField("severity", severity(problem));
            json.writeStringField("file", problem.file());
            json.writeNumberField("line", problem.line());
            json.writeStringField("rule", problem.rule());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (!drl.isEmpty()) {
            json.writeArrayFieldStart("drl");
            for (RuleSet.Source source : drl) {
              json.writeStartObject();
              json.writeStringField("file", source.name());
              json.writeStringField("text", source.text());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  /** {@return the problems as SARIF 2.1.0} */
  String sarif() throws IOException {
    return written(
        json -> {
          json.writeStartObject();
          json.writeStringField("$schema", SARIF_SCHEMA);
          json.writeStringField("version", "2.1.0");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          json.writeObjectFieldStart("tool");
          json.writeObjectFieldStart("driver");
          json.writeStringField("name", Tourmaline.NAME);
          json.writeStringField("version", Version.text());
          json.writeArrayFieldStart("rules");
          json.writeStartObject();
          json.writeStringField("id", "drl");
          json.writeObjectFieldStart("shortDescription");
          json.writeStringField("text", "A rule that cannot be compiled, or could be better");
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndObject();
          json.writeArrayFieldStart("results");
          for (RuleProblem problem : problems) {
            writeResult(json, problem);
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeResult(JsonGenerator json, RuleProblem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", "drl");
    json.writeStringField("level", severity(problem));
    json.writeObjectFieldStart("message");
    json.writeStringField(
        "text",
        problem.rule().isEmpty()
            ? problem.message()
            : "rule \"" + problem.rule() + "\": " + problem.message());
    json.writeEndObject();
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(problem.file()));
    json.writeEndObject();
    if (problem.line() > 0) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", problem.line());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
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

  private static String written(JsonBody body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      body.write(json);
    }
    return text.append('\n').toString();
  }

  private interface JsonBody {
    void write(JsonGenerator json) throws IOException;
  }
}
