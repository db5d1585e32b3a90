/** What the engine is measured against, on the same bytes. */
@NullMarked
package dev.tourmaline.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
