package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** A prose summary of the session, written by the connector's language model. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Summary extends SessionFact {

  /** {@return the prose} */
  @Predicate(help = "Text of the summary", example = "text contains \"export\"")
  String getText();

  /** {@return how many actions the summary stands for; information only} */
  @Predicate(help = "Number of actions that the summary stands for", example = "replaces >= 10")
  int getReplaces();

  /**
   * {@return whether the prose holds the words, ignoring case}
   *
   * @param words one or several words in a row
   */
  @Predicate(
      help = "True if the text contains these words in a row, ignoring case",
      example = "mentions(\"could not\")")
  boolean mentions(String words);
}
