/**
 * What the engine is measured against: {@link dev.tourmaline.benchmarks.baseline.TokenRead} and
 * {@link dev.tourmaline.benchmarks.baseline.PlainMatcher}.
 */
@NullMarked
package dev.tourmaline.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
