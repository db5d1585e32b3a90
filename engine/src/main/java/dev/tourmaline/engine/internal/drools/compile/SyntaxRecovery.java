package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.drools.model.DrlToken.Kind;
import java.util.List;
import java.util.Set;

/**
 * An error recovery pass over a rule file: reports syntax of other languages that is never valid
 * DRL, and corrects it for the checks that follow, so that it hides no other fault. A corrected
 * text is never run.
 */
final class SyntaxRecovery {

  private static final Set<String> ANNOTATIONS = Set.of("flow", "priority");

  private final DrlFile file;
  private final Problems problems;
  private final TextEdits edits;
  private RuleText rule;
  private TokenRow row = new TokenRow(List.of());

  private SyntaxRecovery(DrlFile file, RuleText first, Problems problems) {
    this.file = file;
    this.rule = first;
    this.problems = problems;
    this.edits = new TextEdits(file.text);
  }

  /** {@return the file, corrected} */
  static DrlFile correct(DrlFile file, Problems problems) {
    if (file.rules.isEmpty()) {
      return file;
    }
    SyntaxRecovery recovery = new SyntaxRecovery(file, file.rules.get(0), problems);
    file.rules.forEach(recovery::read);
    if (recovery.edits.isEmpty()) {
      return file;
    }
    DrlFile corrected = file.with(recovery.edits.edited());
    return corrected.rules.size() == file.rules.size() ? corrected : file;
  }

  TextEdits edits() {
    return edits;
  }

  private void read(RuleText next) {
    rule = next;
    row = new TokenRow(rule.headTokens());
    for (int i = 0; i < row.size(); i++) {
      annotation(i);
    }
    Set<String> variables = ConstraintCheck.variables(rule);
    for (FactPattern pattern : FactPattern.of(rule)) {
      for (FactPattern.Constraint constraint : pattern.constraints()) {
        new ConstraintRecovery(rule, pattern, constraint, variables, this).correct();
      }
    }
    row = new TokenRow(file.tokens);
    noColonBehind(rule.hasWhen(), rule.when());
    noColonBehind(rule.hasThen(), rule.then());
    row = new TokenRow(rule.consequence());
    for (int i = 0; i < row.size(); i++) {
      statement(i);
    }
  }

  /** {@code flow("f")}, {@code @flow "f"} and {@code @flow = "f"} instead of {@code @flow("f")}. */
  private void annotation(int i) {
    DrlToken name = row.at(i);
    int value = i + (row.at(i + 1).is("=") || row.at(i + 1).is(":") ? 2 : 1);
    boolean bare = row.at(value).kind() == Kind.STRING || row.at(value).kind() == Kind.NUMBER;
    boolean at = row.at(i - 1).is("@");
    if (!ANNOTATIONS.contains(name.text()) || !(bare || row.at(value).is("(")) || at && !bare) {
      return;
    }
    String sign = at ? "" : "@";
    String given = bare ? "(" + row.at(value).text() + ")" : "";
    DrlToken last = bare ? row.at(value) : name;
    String shown = bare ? given : "(...)";
    correct(name, last, sign + name.text() + given, "write it as @" + name.text() + shown);
  }

  private void noColonBehind(boolean there, int keyword) {
    if (there && row.at(keyword + 1).is(":")) {
      correct(
          row.at(keyword + 1), "", "no ':' stands behind '%s'".formatted(row.at(keyword).text()));
    }
  }

  private void statement(int i) {
    DrlToken token = row.at(i);
    boolean text = token.kind() == Kind.STRING && token.text().startsWith("'");
    if (text && token.text().charAt(1) != '\\' && token.text().length() != 3) {
      String right = '"' + token.text().substring(1, token.text().length() - 1) + '"';
      correct(token, right, "behind 'then', text stands in double quotes: " + right);
    } else if (token.is("offer") && row.at(i + 1).is("(") && !row.at(i - 1).is(".")) {
      if (!file.functions.contains("offer") && !file.hasStaticImports()) {
        correct(token, "tours.offer", "'offer' belongs to 'tours'; write tours.offer($a, \"why\")");
      }
    }
  }

  private void correct(DrlToken token, String right, String message) {
    correct(token, token, right, message);
  }

  /** Reports a mistake and corrects it. */
  void correct(DrlToken from, DrlToken to, String right, String message) {
    edits.replace(from.start(), to.end(), right);
    problems.error(rule, from.line(), message);
  }
}
