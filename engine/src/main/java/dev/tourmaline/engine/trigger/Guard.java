package dev.tourmaline.engine.trigger;

/**
 * How many of a rule's tours may be closed early, or fail, before the rule goes into shadow by
 * itself. Immutable.
 *
 * @param dismissals the largest rate of early dismissals, more than 0 and less than 1
 * @param failures the largest rate of failures, more than 0 and less than 1
 */
public record Guard(double dismissals, double failures) {}
