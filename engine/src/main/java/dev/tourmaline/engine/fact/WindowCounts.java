package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.PathGlob;
import dev.tourmaline.engine.fact.Predicate.Window;

/**
 * Counts and times over a sliding window of the session's history. Windows reach back from the
 * fact's own time and include both ends; counts include the action that the fact is.
 */
public interface WindowCounts {

  @Predicate(
      help = "Number of visits to this page within the window",
      example = "visitsWithin(\"10m\") >= 3")
  int visitsWithin(@Window String window);

  @Predicate(
      help = "Number of visits to matching pages within the window",
      example = "visitsWithin(\"/pricing/**\", \"10m\") >= 2")
  int visitsWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "True if a matching page was visited within the window",
      example = "!visitedWithin(\"/help/**\", \"10m\")")
  default boolean visitedWithin(@PathGlob String glob, @Window String window) {
    return visitsWithin(glob, window) > 0;
  }

  @Predicate(
      help = "Number of page views, reloads included, of this page within the window",
      example = "viewsWithin(\"15s\") >= 3")
  int viewsWithin(@Window String window);

  @Predicate(
      help = "Number of page views, reloads included, of matching pages within the window",
      example = "viewsWithin(\"/help/**\", \"5m\") >= 2")
  int viewsWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "Number of clicks on this page within the window",
      example = "clicksWithin(\"1s\") >= 3")
  int clicksWithin(@Window String window);

  @Predicate(
      help = "Number of clicks on matching pages within the window",
      example = "clicksWithin(\"/settings/**\", \"2m\") == 0")
  int clicksWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "True if there was a click on a matching page within the window",
      example = "!clickedWithin(\"/search\", \"2m\")")
  default boolean clickedWithin(@PathGlob String glob, @Window String window) {
    return clicksWithin(glob, window) > 0;
  }

  @Predicate(
      help = "Number of submitted forms on this page within the window",
      example = "submitsWithin(\"60s\") >= 2")
  int submitsWithin(@Window String window);

  @Predicate(
      help = "Number of submitted forms on matching pages within the window",
      example = "submitsWithin(\"/checkout/**\", \"10m\") == 0")
  int submitsWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "True if a form was submitted on this page within the window",
      example = "!submittedWithin(\"10m\")")
  default boolean submittedWithin(@Window String window) {
    return submitsWithin(window) > 0;
  }

  @Predicate(
      help = "True if a form was submitted on a matching page within the window",
      example = "!submittedWithin(\"/checkout/**\", \"10m\")")
  default boolean submittedWithin(@PathGlob String glob, @Window String window) {
    return submitsWithin(glob, window) > 0;
  }

  @Predicate(
      help = "Number of entries typed into fields on this page within the window",
      example = "typesWithin(\"2m\") > 0")
  int typesWithin(@Window String window);

  @Predicate(
      help = "Number of entries typed into fields on matching pages within the window",
      example = "typesWithin(\"/signup/**\", \"10m\") > 0")
  int typesWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "Number of fields entered on this page within the window",
      example = "focusesWithin(\"2m\") >= 3")
  int focusesWithin(@Window String window);

  @Predicate(
      help = "Number of fields entered on matching pages within the window",
      example = "focusesWithin(\"/signup/**\", \"2m\") >= 3")
  int focusesWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "Number of fields left on this page within the window",
      example = "blursWithin(\"2m\") >= 3")
  int blursWithin(@Window String window);

  @Predicate(
      help = "Number of fields left on matching pages within the window",
      example = "blursWithin(\"/signup/**\", \"2m\") >= 3")
  int blursWithin(@PathGlob String glob, @Window String window);

  @Predicate(
      help = "Number of actions of any type on this page within the window",
      example = "actionsWithin(\"60s\") <= 5")
  int actionsWithin(@Window String window);

  @Predicate(
      help = "Number of actions of any type on matching pages within the window",
      example = "actionsWithin(\"**\", \"60s\") <= 5")
  int actionsWithin(@PathGlob String glob, @Window String window);

  /**
   * {@return the seconds spent on matching pages within the window, all stays together}
   *
   * <p>A stay lasts from a page view of a matching page to the next page view of any page; the last
   * one to this fact's own time, which for a timer is when it came due. Of stays that reach beyond
   * the window, the part within it counts. A stay in which the stream was lost counts up to the
   * beginning of the coverage gap; where the visitor was from then to the next page view is not
   * known: it is left out.
   *
   * @param glob the pages
   * @param window the window
   */
  @Predicate(
      help =
          "Seconds spent on matching pages within the window: from each page view to the next one, or to this fact; a stay with a coverage gap counts up to the gap",
      example = "secondsOn(\"/settings/**\", \"10m\") >= 60")
  double secondsOn(@PathGlob String glob, @Window String window);

  @Predicate(
      help =
          "Seconds since the last visit to a matching page began, before this fact; infinite without one",
      example = "secondsSinceVisit(\"/pricing\") < 600",
      absence = Absence.WHEN_LONG_AGO)
  double secondsSinceVisit(@PathGlob String glob);

  @Predicate(
      help =
          "Seconds since the last click on a matching page, before this fact; infinite without one",
      example = "secondsSinceClick(\"**\") > 30",
      absence = Absence.WHEN_LONG_AGO)
  double secondsSinceClick(@PathGlob String glob);

  @Predicate(
      help =
          "Seconds since the last form submitted on a matching page, before this fact; infinite without one",
      example = "secondsSinceSubmit(\"/checkout/**\") > 120",
      absence = Absence.WHEN_LONG_AGO)
  double secondsSinceSubmit(@PathGlob String glob);
}
