/** The program and its commands; {@link dev.tourmaline.benchmarks.Benchmarks} lists them. */
@NullMarked
package dev.tourmaline.benchmarks;

import org.jspecify.annotations.NullMarked;
