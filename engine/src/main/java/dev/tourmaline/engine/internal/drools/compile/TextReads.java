package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import dev.tourmaline.engine.internal.fact.ActionText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Derives which texts of an action a rule may read once the action belongs to the past, by the
 * words that the rule, and the functions and queries beside it, are made of. Where a rule leads out
 * of its file, it may read all.
 */
final class TextReads {

  private static final String OFFER = "offer";

  private final RuleText rule;
  private final Set<ActionText> named = EnumSet.noneOf(ActionText.class);

  TextReads(RuleText rule) {
    this.rule = rule;
    DrlFile file = rule.file();
    if (leadsOut(file) || extendsAnother()) {
      named.addAll(EnumSet.allOf(ActionText.class));
      return;
    }
    read(rule.conditions());
    read(rule.consequence());
    file.functionTexts.forEach(this::read);
    file.queries.forEach(this::read);
    if (named.contains(ActionText.ELEMENT)) {
      named.add(ActionText.TITLE);
    }
  }

  /** The texts that may be read of what a pattern matches, as bits. */
  int of(FactPattern pattern) {
    Set<ActionText> read = EnumSet.noneOf(ActionText.class);
    read.addAll(named);
    if (!pattern.binding().isEmpty()) {
      readBy(pattern.binding(), rule.consequence(), read);
    }
    return ActionText.bits(read);
  }

  /** An offer because of a fact makes an id of it; whatever else takes a fact may read it. */
  private static void readBy(String binding, List<DrlToken> tokens, Set<ActionText> read) {
    for (int i = 0; i < tokens.size(); i++) {
      boolean member = i + 1 < tokens.size() && tokens.get(i + 1).is(".");
      if (tokens.get(i).is(binding) && !member) {
        boolean offered = i >= 2 && tokens.get(i - 1).is("(") && tokens.get(i - 2).is(OFFER);
        if (!offered || i + 1 == tokens.size() || !tokens.get(i + 1).is(",")) {
          read.addAll(EnumSet.allOf(ActionText.class));
        }
        read.add(ActionText.IDENTITY);
      }
    }
  }

  private void read(List<DrlToken> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      ActionText.readBy(tokens.get(i).unquoted()).ifPresent(named::add);
      boolean qualified =
          i + 2 < tokens.size()
              && tokens.get(i).kind() == DrlToken.Kind.WORD
              && tokens.get(i + 1).is(".")
              && (i == 0 || !tokens.get(i - 1).is("."));
      if (tokens.get(i).is("drools") || qualified && isPackage(tokens, i)) {
        named.addAll(EnumSet.allOf(ActionText.class));
      }
    }
  }

  /** Whether a class outside may be named here, as by {@code com.example.Texts.of($a)}. */
  private static boolean isPackage(List<DrlToken> tokens, int at) {
    return at + 4 < tokens.size()
        && tokens.get(at + 2).kind() == DrlToken.Kind.WORD
        && tokens.get(at + 3).is(".")
        && !tokens.get(at).is("java")
        && !tokens.get(at).text().startsWith("$");
  }

  private static boolean leadsOut(DrlFile file) {
    return file.hasStaticImports()
        || file.imports.stream().anyMatch(i -> !isKnown(i.name()))
        || file.globals.stream().anyMatch(g -> !g.name().equals(FactVocabulary.TOURS_NAME));
  }

  private static boolean isKnown(String imported) {
    return imported.startsWith("java.")
        || imported.startsWith("dev.tourmaline.engine.fact.")
        || imported.startsWith("dev.tourmaline.engine.rule.");
  }

  private boolean extendsAnother() {
    return rule.headTokens().stream().anyMatch(token -> token.is("extends"));
  }
}
