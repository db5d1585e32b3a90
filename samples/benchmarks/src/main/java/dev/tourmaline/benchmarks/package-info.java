/**
 * What the engine costs in time and memory; {@link dev.tourmaline.benchmarks.Benchmarks} is the
 * program.
 */
@NullMarked
package dev.tourmaline.benchmarks;

import org.jspecify.annotations.NullMarked;
