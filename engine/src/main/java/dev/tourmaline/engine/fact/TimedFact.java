package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;

/** A fact that the session clock brings about: nothing else has happened for some time. */
public interface TimedFact extends SessionFact {

  /**
   * {@return whether the time has lasted just this long}
   *
   * @param duration how long, such as {@code 60s}
   */
  @Predicate(
      help = "Whether it has lasted just this long; every timed pattern names its duration so",
      example = "reached(\"60s\")",
      absence = Absence.ALWAYS)
  boolean reached(@Window String duration);

  /** {@return how long it has lasted, in seconds} */
  @Predicate(help = "How long it has lasted, in seconds", example = "seconds >= 60")
  double getSeconds();
}
