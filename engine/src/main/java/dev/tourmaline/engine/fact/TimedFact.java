package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;

/** A fact that the session clock brings about: nothing else has happened for some time. */
public interface TimedFact extends SessionFact {

  @Predicate(
      help =
          "True if exactly this duration has been reached; every Idle and Dwell pattern names it",
      example = "reached(\"60s\")",
      absence = Absence.ALWAYS)
  boolean reached(@Window String duration);

  @Predicate(help = "The duration reached, in seconds", example = "seconds >= 60")
  double getSeconds();
}
