/**
 * The figures that the engine is held to, each printed by one command; {@link
 * dev.tourmaline.benchmarks.figure.Figure} lists them.
 */
@NullMarked
package dev.tourmaline.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
