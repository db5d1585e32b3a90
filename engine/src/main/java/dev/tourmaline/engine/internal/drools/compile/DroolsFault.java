package dev.tourmaline.engine.internal.drools.compile;

import static java.util.stream.Collectors.toSet;

import dev.tourmaline.engine.internal.drools.compile.KieCompilation.Diagnostic;
import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.rule.NearestName;
import dev.tourmaline.engine.rule.Tours;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates one message of Drools' compiler into a problem of the rule as its author wrote it. */
final class DroolsFault {

  private static final Pattern NO_CLASS = Pattern.compile("Unable to find class: (\\S+)");
  private static final Pattern NO_PROPERTY =
      Pattern.compile("Unable to parse (?:left|right) part of expression: (.*)", Pattern.DOTALL);
  private static final Pattern UNPARSED =
      Pattern.compile(
          "\\(line (\\d+),col \\d+\\) Parse error. Found \\s*(.*?), expected(.*)", Pattern.DOTALL);
  private static final Pattern REFUSED = Pattern.compile("\\(line (\\d+),col \\d+\\) (.*)");
  private static final Pattern NO_TRUTH =
      Pattern.compile("Predicate '(.*)' must be a Boolean expression", Pattern.DOTALL);
  private static final Pattern UNDEFINED =
      Pattern.compile("The method (\\w+)\\((.*)\\) is undefined for the type (\\w+)");
  private static final Pattern INAPPLICABLE =
      Pattern.compile(
          "The method (\\w+)\\((.*)\\) in the type (\\w+) is not applicable for the arguments"
              + " \\((.*)\\)");
  private static final Pattern UNRESOLVED =
      Pattern.compile("(\\S+) cannot be resolved(?: to a (variable|type))?");
  private static final Pattern CONSTRAINT = Pattern.compile("PredicateInformation\\(\"(.*?)\"[,)]");
  private static final Pattern MISSING =
      Pattern.compile("Method (\\w+) on class (\\S+) with arguments \\[(.*)\\] is missing");
  private static final Pattern CONDITION =
      Pattern.compile("Unable to Analyse Expression (.*?):?\\s*", Pattern.DOTALL);
  private static final Pattern INSIDE =
      Pattern.compile("\\b(_this|_global\\w*|Predicate\\d+|Pattern\\w+|Lambda\\w+|D\\.\\w+)\\b");
  private static final String GENERATED = "Java source of ";

  private final Diagnostic diagnostic;
  private final String text;
  private final String generated;

  DroolsFault(Diagnostic diagnostic, List<Diagnostic> all) {
    this.diagnostic = diagnostic;
    this.text = diagnostic.text().replace("_this.", "");
    this.generated =
        all.stream()
            .map(Diagnostic::text)
            .filter(other -> other.startsWith(GENERATED + diagnostic.path()))
            .findFirst()
            .orElse("");
  }

  void report(DrlFile file, Problems problems) {
    if (!text.startsWith(GENERATED)) {
      List<DrlToken> tokens = new ArrayList<>(file.tokens);
      file.rules.forEach(rule -> tokens.removeAll(file.tokens.subList(rule.from(), rule.to())));
      int line = lineOf(tokens, words(text)).orElse(Math.max(0, diagnostic.line()));
      problems.error(file, line, cleaned(text));
    }
  }

  void report(LoadedRule rule, Problems problems) {
    if (text.startsWith(GENERATED)) {
      return;
    }
    Optional<Brackets.Fault> bracket =
        UNPARSED.matcher(text).find() ? Brackets.fault(rule.text.consequence()) : Optional.empty();
    if (bracket.isPresent()) {
      problems.error(rule.text, bracket.get().token().line(), bracket.get().message());
      return;
    }
    Optional<DrlFile.Declaration> declaration =
        rule.text.file().declarations.stream()
            .filter(declared -> diagnostic.path().endsWith("/" + declared.name() + ".java"))
            .findFirst();
    if (declaration.isPresent()) {
      report(rule.text.file(), declaration.get(), problems);
    } else {
      problems.error(rule.text, line(rule.text), words(rule));
    }
  }

  private void report(DrlFile file, DrlFile.Declaration declaration, Problems problems) {
    problems.error(
        file,
        declaration.line(),
        "the declared fact '%s': %s".formatted(declaration.name(), cleaned(text)));
  }

  private String words(LoadedRule rule) {
    Matcher type = NO_CLASS.matcher(text);
    if (type.matches()) {
      return FactVocabulary.unknown(type.group(1));
    }
    Matcher property = NO_PROPERTY.matcher(text);
    if (property.matches()) {
      return "the condition '%s' names something that its fact does not have"
          .formatted(property.group(1).strip());
    }
    Matcher unparsed = UNPARSED.matcher(text);
    if (unparsed.find()) {
      return unparsed.group(3).contains("\";\"")
          ? "a semicolon is missing at the end of this statement"
          : "%s is not expected here".formatted(unparsed.group(2).replace('"', '\''));
    }
    Matcher refused = REFUSED.matcher(text);
    if (refused.find()) {
      return refused.group(2).contains("left hand side")
          ? "'=' does not compare; write '=='"
          : refused.group(2);
    }
    Matcher noTruth = NO_TRUTH.matcher(text);
    if (noTruth.matches()) {
      return "the condition '%s' is neither true nor false".formatted(noTruth.group(1));
    }
    Matcher undefined = UNDEFINED.matcher(text);
    if (undefined.matches()) {
      String name = undefined.group(1);
      return noMethod(undefined.group(3), name, undefined.group(2));
    }
    Matcher missing = MISSING.matcher(text);
    if (missing.matches()) {
      return noMethod(simple(missing.group(2)), missing.group(1), simple(missing.group(3)));
    }
    Matcher condition = CONDITION.matcher(text);
    if (condition.matches()) {
      return "the condition '%s' cannot be understood".formatted(condition.group(1));
    }
    Matcher inapplicable = INAPPLICABLE.matcher(text);
    if (inapplicable.matches()) {
      String offer =
          "Tours".equals(inapplicable.group(3)) ? "; write tours.offer($a, \"why\")" : "";
      return "'%s' takes (%s), not (%s)%s"
          .formatted(inapplicable.group(1), inapplicable.group(2), inapplicable.group(4), offer);
    }
    Matcher unresolved = UNRESOLVED.matcher(text);
    if (unresolved.matches()) {
      return unresolved(rule, unresolved.group(1), "type".equals(unresolved.group(2)));
    }
    return cleaned(text);
  }

  private static String unresolved(LoadedRule rule, String name, boolean type) {
    if (type) {
      return "there is no type '%s'; import it".formatted(name);
    }
    Set<String> known = new TreeSet<>(ConstraintCheck.variables(rule.text));
    known.add(FactVocabulary.TOURS_NAME);
    return "'%s' is not known here%s Known are %s."
        .formatted(name, NearestName.ending(name, known), String.join(", ", known));
  }

  private static String noMethod(String type, String name, String arguments) {
    if (type.startsWith("Lambda")) {
      return "there is no function '%s' here".formatted(name);
    }
    return "%s has no method '%s' that takes (%s)%s"
        .formatted(type, name, arguments, NearestName.ending(name, methodsOf(type)));
  }

  private static Set<String> methodsOf(String type) {
    return PredicateTable.of(type)
        .<Class<?>>map(PredicateTable::type)
        .or(() -> Optional.of(Tours.class).filter(tours -> tours.getSimpleName().equals(type)))
        .map(known -> Arrays.stream(known.getMethods()).map(Method::getName).collect(toSet()))
        .orElseGet(Set::of);
  }

  private int line(RuleText rule) {
    Matcher refused = REFUSED.matcher(text);
    if (text.contains("consequence") && refused.find()) {
      return consequenceStart(rule) + Integer.parseInt(refused.group(1)) - 2;
    }
    Matcher noTruth = NO_TRUTH.matcher(text);
    if (noTruth.matches()) {
      return match(rule.conditions(), noTruth.group(1)).orElse(rule.line());
    }
    Optional<String> statement = generatedLine();
    if (statement.isPresent()) {
      Matcher constraint = CONSTRAINT.matcher(generated);
      Optional<Integer> line =
          constraint.find()
              ? match(rule.conditions(), constraint.group(1).replace("\\\"", "\""))
              : match(rule.consequence(), statement.get());
      if (line.isPresent()) {
        return line.get();
      }
    }
    return lineOf(rule.conditions(), words(text))
        .or(() -> lineOf(rule.consequence(), words(text)))
        .orElse(rule.line());
  }

  /**
   * The line of the first character behind {@code then}, where the text of the Java code begins.
   */
  private static int consequenceStart(RuleText rule) {
    if (!rule.hasThen()) {
      return rule.line();
    }
    String text = rule.file().text;
    DrlToken then = rule.file().tokens.get(rule.then());
    int line = then.line();
    for (int i = then.end(); i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return line;
  }

  private Optional<String> generatedLine() {
    List<String> lines = generated.lines().toList();
    int at = diagnostic.line();
    return at > 0 && at < lines.size() ? Optional.of(lines.get(at)) : Optional.empty();
  }

  /** Finds a piece of code by its tokens; the line is that of the word the message names. */
  private Optional<Integer> match(List<DrlToken> tokens, String code) {
    List<String> wanted = DrlToken.scan(code).stream().map(DrlToken::text).toList();
    for (int i = 0; !wanted.isEmpty() && i + wanted.size() <= tokens.size(); i++) {
      List<DrlToken> here = tokens.subList(i, i + wanted.size());
      if (here.stream().map(DrlToken::text).toList().equals(wanted)) {
        return Optional.of(lineOf(here, words(text)).orElse(here.get(0).line()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> lineOf(List<DrlToken> tokens, List<String> words) {
    for (String word : words) {
      for (DrlToken token : tokens) {
        if (token.text().equals(word)) {
          return Optional.of(token.line());
        }
      }
    }
    return Optional.empty();
  }

  /** The names in a text, those of types last, since a type is named in many places. */
  private static List<String> words(String text) {
    List<String> names =
        DrlToken.scan(text.lines().findFirst().orElse("")).stream()
            .filter(token -> token.kind() == DrlToken.Kind.WORD && token.text().length() > 1)
            .map(DrlToken::text)
            .distinct()
            .toList();
    List<String> ordered = new ArrayList<>(names);
    ordered.removeIf(name -> Character.isUpperCase(name.charAt(0)));
    names.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
    return ordered;
  }

  /** A message without stack traces, package names and Drools' error numbers. */
  private static String cleaned(String message) {
    String first = message.split("\\R?Problem stacktrace")[0].lines().findFirst().orElse("");
    String cleaned = simple(first.replaceAll("\\[ERR \\d+\\] (Line \\d+:\\d+ )?", "")).strip();
    return INSIDE.matcher(cleaned).find() ? "Drools cannot compile this condition" : cleaned;
  }

  private static String simple(String text) {
    return text.replaceAll("(?:class )?\\b(?:[a-z_]\\w*\\.)+([A-Z]\\w*)", "$1");
  }
}
