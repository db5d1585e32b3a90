package dev.tourmaline.benchmarks.behaviour;

/** The kinds of behaviour. */
public enum Form {
  /** A page is visited for the n-th time and nothing was submitted there. */
  REVISIT(3),
  /** From A to B and back to A. */
  PING_PONG(1),
  /** One element is clicked again and again. */
  RAGE_CLICK(3),
  /** A page's form is submitted again. */
  REPEATED_SUBMIT(2),
  /** Many clicks on one page. */
  MANY_CLICKS(4),
  /** A click on one page soon after a visit to another. */
  CLICK_AFTER_VISIT(1),
  /** One page directly after another. */
  CAME_FROM(1),
  /** A submit, then one of the same page. */
  SUBMIT_THEN_SUBMIT(1),
  /** A submit, then a click on the same page. */
  SUBMIT_THEN_CLICK(1),
  /** A click on one page, then a submit on another. */
  CLICK_THEN_SUBMIT(1),
  /** A view of one page, then a click on another. */
  VIEW_THEN_CLICK(1),
  /** A click, a view of another page, a click again. */
  CLICK_VIEW_CLICK(1);

  private final int least;

  Form(int least) {
    this.least = least;
  }

  /** The least count that makes sense. */
  int least() {
    return least;
  }
}
