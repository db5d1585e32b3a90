package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;

/** The fact of an event time timer: the session clock has reached some duration. */
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
