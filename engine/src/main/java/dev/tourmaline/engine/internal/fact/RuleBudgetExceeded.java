package dev.tourmaline.engine.internal.fact;

/**
 * Signals that a rule has used up its {@link RuleBudget}. An {@code Error}, so that a rule which
 * catches its own exceptions does not catch this one.
 */
public final class RuleBudgetExceeded extends Error {

  private static final long serialVersionUID = 1L;

  private final boolean ofTime;

  RuleBudgetExceeded(String message, boolean ofTime) {
    super(message);
    this.ofTime = ofTime;
  }

  /** {@return whether it was time, which the whole lane has lost, rather than one text's steps} */
  public boolean isOfTime() {
    return ofTime;
  }
}
