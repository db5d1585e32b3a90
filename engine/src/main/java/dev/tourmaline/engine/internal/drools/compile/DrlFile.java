package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.rule.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outline of one rule source, cut into its parts by tokens alone (island parsing), so that a
 * fault in one rule hides no other.
 */
final class DrlFile {

  final int number;
  final String name;
  final String text;

  /** The text as Drools takes it: without the annotations that are the engine's own. */
  final String drl;

  final List<DrlToken> tokens;
  final List<RuleText> rules = new ArrayList<>();
  final List<Import> imports = new ArrayList<>();
  final List<Global> globals = new ArrayList<>();
  final List<Declaration> declarations = new ArrayList<>();
  final Set<String> functions = new HashSet<>();
  final List<List<DrlToken>> functionTexts = new ArrayList<>();
  final List<List<DrlToken>> queries = new ArrayList<>();
  final List<List<DrlToken>> enums = new ArrayList<>();
  private String packageName = "";
  private int packageEnd = -1;

  DrlFile(int number, RuleSet.Source source) {
    this.number = number;
    this.name = source.name();
    this.text = source.text();
    this.tokens = DrlToken.scan(text);
    read();
    this.drl = withoutTerms();
  }

  private String withoutTerms() {
    StringBuilder plain = new StringBuilder(text);
    for (RuleText rule : rules) {
      for (RuleAnnotation annotation : RuleAnnotation.of(rule)) {
        if (RuleTermsReader.knows(annotation.name().text())) {
          blank(plain, annotation.start(), annotation.end());
        }
      }
    }
    return plain.toString();
  }

  /** Turns a part of a text into spaces; its lines stay. */
  static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  /** The package, or the one that the loader supplies. */
  String packageName() {
    return packageName.isEmpty() ? "rules.f" + number : packageName;
  }

  boolean hasPackage() {
    return !packageName.isEmpty();
  }

  /** Where in the text supplied imports and globals belong: behind the package, else in front. */
  int headerOffset() {
    return Math.max(0, packageEnd);
  }

  /** Where the file's text for Drools is kept. */
  String path() {
    return packageName().replace('.', '/') + "/f" + number + ".drl";
  }

  boolean imports(String className) {
    String folder = className.substring(0, className.lastIndexOf('.') + 1) + "*";
    return imports.stream().anyMatch(i -> i.name().equals(className) || i.name().equals(folder));
  }

  /** Whether the file itself says what the simple name of a type means. */
  boolean defines(String simpleName) {
    return declarations.stream().anyMatch(d -> d.name().equals(simpleName))
        || imports.stream().anyMatch(i -> i.name().endsWith("." + simpleName));
  }

  boolean hasStaticImports() {
    return imports.stream().anyMatch(Import::isStatic);
  }

  /** The same file with another text of as many lines. */
  DrlFile with(String otherText) {
    return new DrlFile(number, new RuleSet.Source(name, otherText));
  }

  /** The rule whose text holds an offset. */
  Optional<RuleText> ruleAt(int offset) {
    return rules.stream()
        .filter(rule -> rule.startOffset() <= offset && offset < rule.endOffset())
        .findFirst();
  }

  private void read() {
    int at = 0;
    while (at < tokens.size()) {
      DrlToken token = tokens.get(at);
      at =
          switch (token.kind() == DrlToken.Kind.WORD ? token.text() : "") {
            case "package" -> readPackage(at);
            case "import" -> readImport(at);
            case "global" -> readGlobal(at);
            case "declare" -> readDeclaration(at);
            case "function" -> readFunction(at);
            case "query" -> readQuery(at);
            case "rule" -> readRule(at);
            default -> at + 1;
          };
    }
  }

  private int readPackage(int at) {
    int end = qualifiedEnd(at + 1);
    packageName = join(at + 1, end);
    int last = end < tokens.size() && tokens.get(end).is(";") ? end : end - 1;
    packageEnd = packageName.isEmpty() ? -1 : tokens.get(last).end();
    return Math.max(end, at + 1);
  }

  private int readImport(int at) {
    int from = at + 1;
    boolean isStatic = false;
    while (from < tokens.size()
        && (tokens.get(from).is("static")
            || tokens.get(from).is("function")
            || tokens.get(from).is("accumulate")
            || tokens.get(from).is("acc"))) {
      isStatic = true;
      from++;
    }
    int end = qualifiedEnd(from);
    if (end > from) {
      imports.add(new Import(join(from, end), isStatic));
    }
    return Math.max(end, at + 1);
  }

  private int readGlobal(int at) {
    int end = qualifiedEnd(at + 1);
    if (end < tokens.size() && tokens.get(end).is("<")) {
      while (end < tokens.size() && !tokens.get(end).is(">")) {
        end++;
      }
      end++;
    }
    if (end > at + 1 && end < tokens.size() && tokens.get(end).kind() == DrlToken.Kind.WORD) {
      DrlToken name = tokens.get(end);
      globals.add(new Global(join(at + 1, end), name.text(), name.line()));
      return end + 1;
    }
    return at + 1;
  }

  private int readDeclaration(int at) {
    int from = at + 1;
    while (from < tokens.size() && (tokens.get(from).is("trait") || tokens.get(from).is("enum"))) {
      from++;
    }
    int end = from;
    boolean event = false;
    Duration expires = Duration.ZERO;
    while (end < tokens.size() && !tokens.get(end).is("end")) {
      event |= tokens.get(end).is("event");
      if (tokens.get(end).is("expires") && tokens.get(end - 1).is("@")) {
        expires = Retention.longest(tokens, end + 1).orElse(Retention.UNBOUNDED);
      }
      end++;
    }
    if (tokens.subList(at, from).stream().anyMatch(token -> token.is("enum"))) {
      enums.add(tokens.subList(from, end));
    }
    if (from < end) {
      int nameEnd = qualifiedEnd(from);
      String declared = join(from, nameEnd);
      String simple = declared.substring(declared.lastIndexOf('.') + 1);
      declarations.add(
          new Declaration(simple, event ? expires : Duration.ZERO, tokens.get(at).line()));
    }
    return end + 1;
  }

  private int readFunction(int at) {
    int open = at;
    while (open < tokens.size() && !tokens.get(open).is("(")) {
      open++;
    }
    if (open < tokens.size()) {
      functions.add(tokens.get(open - 1).text());
    }
    int brace = open;
    while (brace < tokens.size() && !tokens.get(brace).is("{")) {
      brace++;
    }
    int nesting = 0;
    for (int i = brace; i < tokens.size(); i++) {
      if (tokens.get(i).is("{")) {
        nesting++;
      } else if (tokens.get(i).is("}") && --nesting == 0) {
        functionTexts.add(tokens.subList(at, i + 1));
        return i + 1;
      }
    }
    return Math.max(at + 1, open);
  }

  private int readQuery(int at) {
    int end = RuleText.bodyEnd(tokens, at + 1);
    queries.add(tokens.subList(at, end));
    return end;
  }

  private int readRule(int at) {
    boolean named =
        at + 1 < tokens.size()
            && tokens.get(at + 1).kind() != DrlToken.Kind.SYMBOL
            && !tokens.get(at + 1).is("when");
    RuleText rule = RuleText.read(this, at, named);
    rules.add(rule);
    return rule.to();
  }

  private int qualifiedEnd(int from) {
    int at = from;
    while (at < tokens.size()) {
      DrlToken token = tokens.get(at);
      boolean afterDot = at > from && tokens.get(at - 1).is(".");
      boolean part =
          at == from || afterDot
              ? token.kind() == DrlToken.Kind.WORD || (afterDot && token.is("*"))
              : token.is(".");
      if (!part) {
        break;
      }
      at++;
    }
    return at;
  }

  private String join(int from, int to) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < to; i++) {
      joined.append(tokens.get(i).text());
    }
    return joined.toString();
  }

  /** An import; {@code isStatic} also for functions and accumulate functions. */
  record Import(String name, boolean isStatic) {}

  record Global(String type, String name, int line) {}

  /** A declared fact; {@code expires} is zero unless it is an event that expires. */
  record Declaration(String name, Duration expires, int line) {}
}
