/**
 * Fuzz targets: properties that hold for any input at all, each over one way into the program.
 * Begin with {@link dev.tourmaline.fuzz.FuzzTarget}.
 */
@NullMarked
package dev.tourmaline.fuzz;

import org.jspecify.annotations.NullMarked;
