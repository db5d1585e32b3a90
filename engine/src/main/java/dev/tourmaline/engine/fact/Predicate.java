package dev.tourmaline.engine.fact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a property or predicate that rules may name in a pattern. The rule compiler, the
 * prefilter, the suggestions for misspelt names and the page of facts all read this one table; what
 * lacks it does not exist for rules.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Predicate {

  /** {@return what it is, in one line for rule authors} */
  String help();

  /** {@return a constraint that uses it} */
  String example();

  /**
   * {@return which use of it claims that something did not happen; without a window {@code
   * WHEN_FEW} claims nothing}
   */
  Absence absence() default Absence.WHEN_FEW;

  /**
   * Which use of a predicate claims that something did not happen. Such a claim does not hold over
   * a window in which the stream could not be seen.
   */
  enum Absence {
    /** No use does. */
    NEVER,
    /** Negating it, or bounding it from above. */
    WHEN_FEW,
    /** Bounding it from below: so long ago, or never. */
    WHEN_LONG_AGO,
    /** Every use does. */
    ALWAYS
  }

  /** Marks a parameter that takes a time window, such as {@code 10m}; see {@link Windows}. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Window {}

  /** Marks a parameter that takes paths, such as {@code /settings/**}. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface PathGlob {}
}
