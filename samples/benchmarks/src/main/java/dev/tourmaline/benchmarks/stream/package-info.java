/**
 * Made-up visitors who behave like real ones; {@link
 * dev.tourmaline.benchmarks.stream.StreamGenerator} writes their frames.
 */
@NullMarked
package dev.tourmaline.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
