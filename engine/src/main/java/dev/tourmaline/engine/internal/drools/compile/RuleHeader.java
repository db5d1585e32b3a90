package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.rule.NearestName;
import dev.tourmaline.engine.trigger.RuleTerms;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The annotations and attributes of a rule, between its name and {@code when}.
 *
 * @param flowId the tour's flow, never empty unless there was an error
 * @param priority from {@code @priority}
 * @param salience from {@code salience}
 * @param terms on what terms the tours are shown, from the other annotations
 * @param plain whether nothing else there changes when the rule fires, such as a timer
 * @param sound whether the salience is fit for Drools
 */
record RuleHeader(
    String flowId, int priority, int salience, RuleTerms terms, boolean plain, boolean sound) {

  static final int DEFAULT_PRIORITY = 50;

  private static final Set<String> OURS = ours();
  private static final Set<String> OF_DROOLS = Set.of("Propagation", "All", "Direct");
  private static final Set<String> CHANGES_FIRING =
      Set.of("timer", "duration", "extends", "calendars", "activation", "effective", "expires");

  private static Set<String> ours() {
    Set<String> names = new LinkedHashSet<>(List.of("flow", "priority"));
    names.addAll(RuleTermsReader.names());
    return names;
  }

  static RuleHeader read(RuleText rule, Problems problems) {
    return new Reader(rule, problems).read();
  }

  private static final class Reader {
    private final RuleText rule;
    private final Problems problems;
    private final List<DrlToken> tokens;
    private final Set<String> seen = new HashSet<>();
    private String flowId = "";
    private int priority = DEFAULT_PRIORITY;
    private int salience;
    private boolean plain = true;
    private boolean sound = true;
    private final RuleTermsReader terms;

    Reader(RuleText rule, Problems problems) {
      this.rule = rule;
      this.problems = problems;
      this.tokens = rule.headTokens();
      this.terms = new RuleTermsReader(rule, problems);
    }

    RuleHeader read() {
      RuleAnnotation.of(rule).forEach(this::annotation);
      int at = 0;
      while (at < tokens.size()) {
        DrlToken token = tokens.get(at);
        if (token.is("@")) {
          at = behindAnnotation(at);
        } else if (token.is("salience")) {
          at = readSalience(at);
        } else {
          if (token.is("group") && !tokens.get(at - 1).is("activation") && isGroup(at)) {
            problems.error(
                rule,
                token.line(),
                "rules of an agenda-group or ruleflow-group never fire here, nothing gives a group"
                    + " the focus; remove the attribute");
          }
          plain &= token.kind() != DrlToken.Kind.WORD || !CHANGES_FIRING.contains(token.text());
          at++;
        }
      }
      if (!seen.contains("flow")) {
        problems.error(
            rule,
            rule.line(),
            "no @flow: say which tour the rule offers, such as @flow(\"tour_billing_help\"), behind"
                + " the rule's name");
      }
      return new RuleHeader(flowId, priority, salience, terms.terms(), plain, sound);
    }

    private boolean isGroup(int at) {
      return at >= 2 && tokens.get(at - 1).is("-");
    }

    private int behindAnnotation(int at) {
      boolean bracketed = at + 2 < tokens.size() && tokens.get(at + 2).is("(");
      return bracketed ? Math.min(closing(at + 2) + 1, tokens.size()) : at + 2;
    }

    private void annotation(RuleAnnotation annotation) {
      DrlToken name = annotation.name();
      if (OURS.contains(name.text()) && !seen.add(name.text())) {
        problems.error(rule, name.line(), "@" + name.text() + " is given twice; keep one");
      } else if (name.is("flow")) {
        readFlow(name, annotation.values());
      } else if (name.is("priority")) {
        readPriority(name, annotation.values());
      } else if (OURS.contains(name.text())) {
        terms.read(annotation);
      } else if (!OF_DROOLS.contains(name.text())) {
        problems.error(
            rule,
            name.line(),
            "unknown annotation @%s%s Known are @%s."
                .formatted(
                    name.text(), NearestName.ending(name.text(), OURS), String.join(", @", OURS)));
        // Whoever misspells it has given one.
        NearestName.to(name.text(), OURS).ifPresent(seen::add);
      }
    }

    private void readFlow(DrlToken name, List<DrlToken> values) {
      boolean text = values.size() == 1 && values.get(0).kind() == DrlToken.Kind.STRING;
      if (!text || values.get(0).unquoted().isBlank()) {
        problems.error(
            rule,
            name.line(),
            "@flow(%s) is no flow id; write it in quotes, numbers too: @flow(\"%s\")"
                .formatted(written(values), suggestedFlow(values)));
        return;
      }
      flowId = values.get(0).unquoted();
    }

    private static String suggestedFlow(List<DrlToken> values) {
      String bare = written(values).replace("\"", "").strip();
      return bare.isEmpty() ? "tour_billing_help" : bare;
    }

    private void readPriority(DrlToken name, List<DrlToken> values) {
      try {
        priority = Integer.parseInt(written(values));
      } catch (NumberFormatException e) {
        problems.error(
            rule,
            name.line(),
            "@priority(%s) is no whole number; write it like @priority(80), the default is %d"
                .formatted(written(values), DEFAULT_PRIORITY));
      }
    }

    private int readSalience(int at) {
      int end = at + 1;
      if (end < tokens.size() && tokens.get(end).is("(")) {
        end = Math.min(closing(end) + 1, tokens.size());
      } else {
        end += end < tokens.size() && tokens.get(end).is("-") ? 2 : 1;
      }
      String value = written(tokens.subList(at + 1, Math.min(end, tokens.size())));
      try {
        salience = Integer.parseInt(value.replaceAll("^\\((.*)\\)$", "$1"));
      } catch (NumberFormatException e) {
        sound = false;
        problems.error(
            rule,
            tokens.get(at).line(),
            "salience %s is no whole number; a salience that is computed is not supported"
                .formatted(value));
      }
      return end;
    }

    private int closing(int open) {
      int nesting = 0;
      for (int i = open; i < tokens.size(); i++) {
        if (tokens.get(i).opens()) {
          nesting++;
        } else if (tokens.get(i).closes() && --nesting == 0) {
          return i;
        }
      }
      return tokens.size();
    }

    private static String written(List<DrlToken> tokens) {
      StringBuilder text = new StringBuilder();
      tokens.forEach(token -> text.append(token.text()));
      return text.toString();
    }
  }
}
