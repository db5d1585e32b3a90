package dev.tourmaline.benchmarks.figure;

/**
 * One line of the table of figures.
 *
 * @param measure what was measured
 * @param target what is to be reached
 * @param value what was reached
 * @param detail the numbers behind it
 */
public record Finding(String measure, String target, String value, String detail) {}
