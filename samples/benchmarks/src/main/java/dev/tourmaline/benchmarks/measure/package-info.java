/**
 * Time, processor time, heap and latencies, and the {@link dev.tourmaline.benchmarks.measure.Table}
 * that shows them.
 */
@NullMarked
package dev.tourmaline.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
