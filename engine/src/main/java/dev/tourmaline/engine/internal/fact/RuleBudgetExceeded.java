package dev.tourmaline.engine.internal.fact;

/**
 * Signals that a rule has used up its {@link RuleBudget}. An {@code Error}, so that a rule which
 * catches its own exceptions does not catch this one.
 */
public final class RuleBudgetExceeded extends Error {

  private static final long serialVersionUID = 1L;

  RuleBudgetExceeded(String message) {
    super(message);
  }
}
