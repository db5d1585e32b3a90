/**
 * What a benchmark does in one JVM, this one or one of its own; {@link
 * dev.tourmaline.benchmarks.job.Job} lists it.
 */
@NullMarked
package dev.tourmaline.benchmarks.job;

import org.jspecify.annotations.NullMarked;
