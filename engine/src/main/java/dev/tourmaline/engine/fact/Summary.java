package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** The fact of a prose summary of the session, written by the connector's language model. */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Summary extends SessionFact {

  @Predicate(help = "Text of the summary", example = "text contains \"export\"")
  String getText();

  @Predicate(help = "Number of actions that the summary stands for", example = "replaces >= 10")
  int getReplaces();

  @Predicate(
      help = "True if the text contains these words in a row, ignoring case",
      example = "mentions(\"could not\")")
  boolean mentions(String words);
}
