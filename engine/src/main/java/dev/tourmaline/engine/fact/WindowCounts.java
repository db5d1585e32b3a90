package dev.tourmaline.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * What a fact counts in its session's history. Windows reach back from the fact's own time and
 * include both ends; counts include the action that the fact is.
 */
public abstract sealed class WindowCounts permits SessionFact {

  WindowCounts() {}

  /** Answers a question about the session's history. */
  abstract long ask(Question question, int kind, @Nullable String glob, @Nullable String window);

  /**
   * {@return how many visits to this page the window holds}
   *
   * @param window how far back
   */
  public final int visitsWithin(String window) {
    return (int) ask(Question.VISITS_HERE, ActionKind.PAGEVIEW, "", window);
  }

  /**
   * {@return how many visits the window holds}
   *
   * @param glob to which pages
   * @param window how far back
   */
  public final int visitsWithin(String glob, String window) {
    return (int) ask(Question.VISITS_ON, ActionKind.PAGEVIEW, glob, window);
  }

  /**
   * {@return whether the window holds a visit}
   *
   * @param glob to which pages
   * @param window how far back
   */
  public final boolean visitedWithin(String glob, String window) {
    return visitsWithin(glob, window) > 0;
  }

  /**
   * {@return how many views of this page the window holds, reloads included}
   *
   * @param window how far back
   */
  public final int viewsWithin(String window) {
    return here(ActionKind.PAGEVIEW, window);
  }

  /**
   * {@return how many page views the window holds, reloads included}
   *
   * @param glob of which pages
   * @param window how far back
   */
  public final int viewsWithin(String glob, String window) {
    return on(glob, ActionKind.PAGEVIEW, window);
  }

  /**
   * {@return how many clicks on this page the window holds}
   *
   * @param window how far back
   */
  public final int clicksWithin(String window) {
    return here(ActionKind.CLICK, window);
  }

  /**
   * {@return how many clicks the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int clicksWithin(String glob, String window) {
    return on(glob, ActionKind.CLICK, window);
  }

  /**
   * {@return whether the window holds a click}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final boolean clickedWithin(String glob, String window) {
    return clicksWithin(glob, window) > 0;
  }

  /**
   * {@return how many submits on this page the window holds}
   *
   * @param window how far back
   */
  public final int submitsWithin(String window) {
    return here(ActionKind.SUBMIT, window);
  }

  /**
   * {@return how many submits the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int submitsWithin(String glob, String window) {
    return on(glob, ActionKind.SUBMIT, window);
  }

  /**
   * {@return whether the window holds a submit on this page}
   *
   * @param window how far back
   */
  public final boolean submittedWithin(String window) {
    return submitsWithin(window) > 0;
  }

  /**
   * {@return whether the window holds a submit}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final boolean submittedWithin(String glob, String window) {
    return submitsWithin(glob, window) > 0;
  }

  /**
   * {@return how often something was typed on this page within the window}
   *
   * @param window how far back
   */
  public final int typesWithin(String window) {
    return here(ActionKind.TYPE, window);
  }

  /**
   * {@return how often something was typed within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int typesWithin(String glob, String window) {
    return on(glob, ActionKind.TYPE, window);
  }

  /**
   * {@return how often a field of this page was entered within the window}
   *
   * @param window how far back
   */
  public final int focusesWithin(String window) {
    return here(ActionKind.FOCUS, window);
  }

  /**
   * {@return how often a field was entered within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int focusesWithin(String glob, String window) {
    return on(glob, ActionKind.FOCUS, window);
  }

  /**
   * {@return how often a field of this page was left within the window}
   *
   * @param window how far back
   */
  public final int blursWithin(String window) {
    return here(ActionKind.BLUR, window);
  }

  /**
   * {@return how often a field was left within the window}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int blursWithin(String glob, String window) {
    return on(glob, ActionKind.BLUR, window);
  }

  /**
   * {@return how many actions of any type the window holds on this page}
   *
   * @param window how far back
   */
  public final int actionsWithin(String window) {
    return here(ActionKind.ANY, window);
  }

  /**
   * {@return how many actions of any type the window holds}
   *
   * @param glob on which pages
   * @param window how far back
   */
  public final int actionsWithin(String glob, String window) {
    return on(glob, ActionKind.ANY, window);
  }

  /**
   * {@return the seconds since the last visit began, before this fact; infinite if there is none}
   *
   * @param glob to which pages
   */
  public final double secondsSinceVisit(String glob) {
    return since(ActionKind.PAGEVIEW, glob);
  }

  /**
   * {@return the seconds since the last click, before this fact; infinite if there is none}
   *
   * @param glob on which pages
   */
  public final double secondsSinceClick(String glob) {
    return since(ActionKind.CLICK, glob);
  }

  /**
   * {@return the seconds since the last submit, before this fact; infinite if there is none}
   *
   * @param glob on which pages
   */
  public final double secondsSinceSubmit(String glob) {
    return since(ActionKind.SUBMIT, glob);
  }

  private int here(int kind, String window) {
    return (int) ask(Question.COUNT_HERE, kind, "", window);
  }

  private int on(String glob, int kind, String window) {
    return (int) ask(Question.COUNT_ON, kind, glob, window);
  }

  private double since(int kind, String glob) {
    long millis = ask(Question.MILLIS_SINCE, kind, glob, "");
    return millis == Question.NEVER ? Double.POSITIVE_INFINITY : millis / 1000.0;
  }
}
