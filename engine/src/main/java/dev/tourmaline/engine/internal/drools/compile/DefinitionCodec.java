package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.PatternText;
import dev.tourmaline.engine.internal.drools.model.RuleDefinition;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The binary codec of rule definitions and warnings. */
final class DefinitionCodec {

  private static final long NO_SPAN = -1;

  private DefinitionCodec() {}

  static void write(DataOutputStream out, List<RuleDefinition> rules) throws IOException {
    out.writeInt(rules.size());
    for (RuleDefinition rule : rules) {
      out.writeInt(rule.index());
      text(out, rule.name());
      text(out, rule.packageName());
      text(out, rule.source());
      out.writeInt(rule.line());
      text(out, rule.flowId());
      out.writeInt(rule.priority());
      out.writeInt(rule.salience());
      out.writeBoolean(rule.step());
      TermsCodec.write(out, rule.terms());
      out.writeLong(rule.retention().toMillis());
      out.writeInt(rule.patterns().size());
      for (PatternText pattern : rule.patterns()) {
        text(out, pattern.factType());
        out.writeInt(pattern.line());
        out.writeBoolean(pattern.negated());
        text(out, pattern.binding());
        text(out, pattern.extra());
        out.writeLong(pattern.span().map(Duration::toMillis).orElse(NO_SPAN));
        out.writeInt(pattern.reads());
        out.writeInt(pattern.constraints().size());
        for (String constraint : pattern.constraints()) {
          text(out, constraint);
        }
      }
    }
  }

  static List<RuleDefinition> readRules(DataInputStream in) throws IOException {
    List<RuleDefinition> rules = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      int index = in.readInt();
      String name = text(in);
      String packageName = text(in);
      String source = text(in);
      int line = in.readInt();
      String flowId = text(in);
      int priority = in.readInt();
      int salience = in.readInt();
      boolean step = in.readBoolean();
      RuleTerms terms = TermsCodec.read(in);
      Duration retention = Duration.ofMillis(in.readLong());
      List<PatternText> patterns = readPatterns(in);
      rules.add(
          new RuleDefinition(
              index,
              name,
              packageName,
              source,
              line,
              flowId,
              priority,
              salience,
              step,
              patterns,
              terms,
              retention));
    }
    return rules;
  }

  private static List<PatternText> readPatterns(DataInputStream in) throws IOException {
    List<PatternText> patterns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String factType = text(in);
      int line = in.readInt();
      boolean negated = in.readBoolean();
      String binding = text(in);
      String extra = text(in);
      long millis = in.readLong();
      Optional<Duration> span =
          millis == NO_SPAN ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
      int reads = in.readInt();
      List<String> constraints = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        constraints.add(text(in));
      }
      patterns.add(
          new PatternText(factType, line, constraints, negated, binding, extra, span, reads));
    }
    return patterns;
  }

  static void writeWarnings(DataOutputStream out, List<RuleProblem> warnings) throws IOException {
    out.writeInt(warnings.size());
    for (RuleProblem warning : warnings) {
      text(out, warning.file());
      out.writeInt(warning.line());
      text(out, warning.rule());
      text(out, warning.message());
    }
  }

  static List<RuleProblem> readWarnings(DataInputStream in) throws IOException {
    List<RuleProblem> warnings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String file = text(in);
      int line = in.readInt();
      String rule = text(in);
      warnings.add(new RuleProblem(RuleProblem.Severity.WARNING, file, line, rule, text(in)));
    }
    return warnings;
  }

  static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("ends early");
    }
    return bytes;
  }

  static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }
}
