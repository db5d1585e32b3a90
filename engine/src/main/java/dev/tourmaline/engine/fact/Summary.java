package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;
import java.util.Locale;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** A prose summary of the session, written by the connector's language model. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public final class Summary extends SessionFact {

  private final String text;
  private final int replaces;

  /**
   * Makes the fact. Called by the engine.
   *
   * @param session whose it is
   * @param userId the session's user, or empty text
   * @param history the session's history
   * @param at when it was forwarded, in milliseconds since the epoch
   * @param text the prose
   * @param replaces how many actions it stands for
   */
  public Summary(
      SessionKey session, String userId, History history, long at, String text, int replaces) {
    super(session, userId, history, at, history.currentPathId());
    this.text = text;
    this.replaces = replaces;
  }

  /** {@return the prose} */
  public String getText() {
    return text;
  }

  /** {@return how many actions the summary stands for; information only} */
  public int getReplaces() {
    return replaces;
  }

  /**
   * {@return whether the prose holds the words, ignoring case}
   *
   * @param words one or several words in a row
   */
  public boolean mentions(String words) {
    return words != null && text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  @Override
  public String identity() {
    return "summary " + text.hashCode() + " at " + getAt();
  }

  @Override
  public String toString() {
    return "Summary[%d characters]".formatted(text.length());
  }
}
