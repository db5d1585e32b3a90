package dev.tourmaline.engine.internal.drools.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Parses a file with Drools' parser; after a syntax error, rule by rule. */
final class SyntaxReader {

  private static final Pattern FAULT =
      Pattern.compile("Line (\\d+):(\\d+) [^']*(?:'(.*?)')?", Pattern.DOTALL);

  private final DrlFile file;
  private final Problems problems;
  private final Map<RuleText, RuleDescr> rules = new HashMap<>();
  private boolean headerSound = true;

  private SyntaxReader(DrlFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  static SyntaxReader read(DrlFile file, Problems problems) {
    SyntaxReader reader = new SyntaxReader(file, problems);
    reader.read();
    return reader;
  }

  /** What Drools understood of a rule; empty if it has a syntax error. */
  Optional<RuleDescr> rule(RuleText rule) {
    return Optional.ofNullable(rules.get(rule));
  }

  /** Whether package, imports, globals and declarations are free of syntax errors. */
  boolean isHeaderSound() {
    return headerSound;
  }

  private void read() {
    Parsed whole = parse(file.drl);
    if (whole.fault.isEmpty() && assign(whole.rules)) {
      return;
    }
    Parsed header = parse(withoutRules());
    headerSound = header.fault.isEmpty();
    header.fault.ifPresent(fault -> problems.error(file, fault.line, outside(fault)));
    for (RuleText rule : file.rules) {
      Parsed alone = parse(alone(rule));
      if (alone.fault.isEmpty() && alone.rules.size() == 1) {
        rules.put(rule, alone.rules.get(0));
      } else {
        SyntaxFault.explain(rule, alone.fault.orElse(new Fault(rule.line(), 0, "")), problems);
      }
    }
    if (headerSound && rules.size() == file.rules.size()) {
      whole.fault.ifPresent(fault -> problems.error(file, fault.line, outside(fault)));
    }
  }

  private boolean assign(List<RuleDescr> parsed) {
    if (parsed.size() != file.rules.size()) {
      return false;
    }
    for (int i = 0; i < parsed.size(); i++) {
      rules.put(file.rules.get(i), parsed.get(i));
    }
    return true;
  }

  private static String outside(Fault fault) {
    return "'%s' is not expected here; outside rules stand only package, import, global, declare,"
            .formatted(fault.found)
        + " function and query";
  }

  /** The text with all rules turned into spaces. */
  private String withoutRules() {
    StringBuilder text = new StringBuilder(file.drl);
    file.rules.forEach(rule -> DrlFile.blank(text, rule.startOffset(), rule.endOffset()));
    return text.toString();
  }

  /** The text with everything but one rule turned into spaces. */
  private String alone(RuleText kept) {
    StringBuilder text = new StringBuilder(file.drl);
    DrlFile.blank(text, 0, kept.startOffset());
    DrlFile.blank(text, kept.endOffset(), text.length());
    return text.toString();
  }

  private static Parsed parse(String text) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    PackageDescr parsed;
    try {
      parsed = parser.parse(false, text);
    } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
      return new Parsed(List.of(), Optional.of(new Fault(1, 0, "")));
    }
    if (parser.hasErrors()) {
      return new Parsed(List.of(), Optional.of(fault(parser.getErrors().get(0))));
    }
    List<RuleDescr> rules =
        parsed == null
            ? List.of()
            : parsed.getRules().stream().filter(rule -> !rule.isQuery()).toList();
    return new Parsed(rules, Optional.empty());
  }

  private static Fault fault(DroolsError error) {
    Matcher matcher = FAULT.matcher(String.valueOf(error.getMessage()));
    if (matcher.find()) {
      String found = matcher.group(3) == null ? "" : matcher.group(3);
      return new Fault(
          Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), found);
    }
    return new Fault(error.getLines().length == 0 ? 1 : error.getLines()[0], 0, "");
  }

  /** Where the parser gave up: line from 1, column from 0, and what it found there. */
  record Fault(int line, int column, String found) {}

  private record Parsed(List<RuleDescr> rules, Optional<Fault> fault) {}
}
