/** The figures that the engine is held to; the enum Figure lists them. */
@NullMarked
package dev.tourmaline.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
