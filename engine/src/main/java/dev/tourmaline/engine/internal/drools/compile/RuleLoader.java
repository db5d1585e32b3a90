package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.rule.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The front end of the compiler: reads and checks all sources, short of compiling. */
final class RuleLoader {

  private static final String ENGINE_INTERNAL = "dev.tourmaline.engine.internal";

  private final Problems problems;
  private final List<DrlFile> files = new ArrayList<>();
  private final List<DrlFile> soundFiles = new ArrayList<>();
  private final List<LoadedRule> rules = new ArrayList<>();
  private final Map<String, RuleText> byName = new HashMap<>();
  private final Map<String, Duration> expiring = new HashMap<>();

  private RuleLoader(Problems problems) {
    this.problems = problems;
  }

  static RuleLoader load(RuleSet sources, Problems problems) {
    RuleLoader loader = new RuleLoader(problems);
    sources.sources().forEach(loader::read);
    for (DrlFile file : loader.files) {
      file.declarations.stream()
          .filter(declared -> !declared.expires().isZero())
          .forEach(declared -> loader.expiring.put(declared.name(), declared.expires()));
    }
    for (DrlFile file : loader.files) {
      problems.guard(file, 0, () -> loader.load(file));
    }
    return loader;
  }

  /** Adds a file as its author meant it; without text if that cannot be read. */
  private void read(RuleSet.Source source) {
    int number = files.size();
    files.add(new DrlFile(number, new RuleSet.Source(source.name(), "")));
    source.fault().ifPresent(problems::add);
    problems.guard(
        files.get(number),
        0,
        () -> {
          DrlFile written = new DrlFile(number, source);
          if (TextBounds.keeps(written, problems)) {
            checkNames(written);
            DrlFile readable = CharacterRecovery.correct(written, problems);
            files.set(number, SyntaxRecovery.correct(readable, problems));
          }
        });
  }

  /** The files whose headers parse, and which Drools may see. */
  List<DrlFile> files() {
    return soundFiles;
  }

  List<DrlFile> allFiles() {
    return files;
  }

  /** The rules that Drools may see. */
  List<LoadedRule> rules() {
    return rules;
  }

  private void load(DrlFile file) {
    checkGlobals(file);
    boolean runsNothing = checkEnums(file);
    file.rules.forEach(rule -> checkRegexes(file, rule.conditions()));
    file.queries.forEach(query -> checkRegexes(file, query));
    SyntaxReader syntax = SyntaxReader.read(file, problems);
    if (syntax.isHeaderSound() && runsNothing) {
      soundFiles.add(file);
    }
    for (RuleText text : file.rules) {
      problems.guard(file, text.line(), () -> load(text, syntax, runsNothing));
    }
  }

  private void load(RuleText text, SyntaxReader syntax, boolean shown) {
    RuleHeader header = RuleHeader.read(text, problems);
    boolean repeated = checkName(text);
    int number = rules.size();
    syntax
        .rule(text)
        .map(parsed -> LoadedRule.load(number, text, header, parsed, expiring, problems))
        .filter(rule -> shown && syntax.isHeaderSound() && rule.isWorthCompiling())
        .ifPresent(
            rule -> {
              rule.rename(repeated);
              rules.add(rule);
            });
  }

  /** Refuses names of the engine's own classes, wherever they stand. */
  private void checkNames(DrlFile file) {
    for (DrlToken token : file.tokens) {
      boolean begins = token.is("dev") && file.text.startsWith(ENGINE_INTERNAL, token.start());
      if (begins || token.text().contains(ENGINE_INTERNAL)) {
        problems.error(
            file,
            token,
            ("%s is the engine's own and changes without notice; a rule names facts and what the"
                    + " engine documents")
                .formatted(ENGINE_INTERNAL));
      }
    }
  }

  /** Drools initialises enums in order to compile, so that their constants must run no code. */
  private boolean checkEnums(DrlFile file) {
    for (List<DrlToken> declared : file.enums) {
      int nesting = 0;
      for (DrlToken token : declared) {
        nesting += token.opens() ? 1 : token.closes() ? -1 : 0;
        if (nesting > 1 || token.is("=") || token.is("new")) {
          problems.error(
              file,
              token.line(),
              "an enum takes plain values here and calls nothing, such as SMALL( 10, \"small\" )");
          return false;
        }
      }
    }
    return true;
  }

  private void checkRegexes(DrlFile file, List<DrlToken> conditions) {
    for (DrlToken literal : MatchesRewrite.literals(file, conditions)) {
      LiteralCheck.regex(literal.unquoted())
          .ifPresent(message -> problems.error(file, literal, message));
    }
  }

  private boolean checkName(RuleText text) {
    if (text.name().isEmpty()) {
      return false;
    }
    RuleText earlier = byName.putIfAbsent(text.name(), text);
    if (earlier == null) {
      return false;
    }
    problems.error(
        text,
        text.line(),
        "this name is taken by the rule in %s:%d; every rule needs a name of its own"
            .formatted(earlier.file().name, earlier.line()));
    return true;
  }

  private void checkGlobals(DrlFile file) {
    Set<String> seen = new HashSet<>();
    for (DrlFile.Global global : file.globals) {
      boolean tours = global.name().equals(FactVocabulary.TOURS_NAME);
      boolean type =
          global.type().equals(FactVocabulary.TOURS)
              || (global.type().equals("Tours") && file.imports(FactVocabulary.TOURS));
      if (!tours) {
        problems.error(
            file,
            global.line(),
            "the global '%s' does not exist here, and what it holds could not survive a session's"
                    .formatted(global.name())
                + " sleep; the only global is 'tours'");
      } else if (!type) {
        problems.error(
            file,
            global.line(),
            "the global 'tours' is a %s, not a %s".formatted(FactVocabulary.TOURS, global.type()));
      } else if (!seen.add(global.name())) {
        problems.error(file, global.line(), "the global 'tours' is given twice; keep one");
      }
    }
  }
}
