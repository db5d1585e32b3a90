package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.Summary;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.session.SessionKey;
import java.util.Locale;

/** The fact of a summary. */
public final class SummaryFact extends HistoryFact implements Summary {

  private final String text;
  private final int replaces;

  public SummaryFact(
      SessionKey session, String userId, History history, long at, String text, int replaces) {
    super(session, userId, history, at, history.currentPath());
    this.text = text;
    this.replaces = replaces;
  }

  @Override
  public Class<Summary> type() {
    return Summary.class;
  }

  @Override
  public String getText() {
    return text;
  }

  @Override
  public int getReplaces() {
    return replaces;
  }

  @Override
  public boolean mentions(String words) {
    return words != null && text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  @Override
  public String identity() {
    return "summary at " + getAt() + " " + text;
  }

  @Override
  public String toString() {
    return "Summary[%d characters]".formatted(text.length());
  }
}
