/**
 * A soak test of the engine: a day of a busy site on an accelerated clock, {@link
 * dev.tourmaline.soak.Soak} runs it.
 */
@NullMarked
package dev.tourmaline.soak;

import org.jspecify.annotations.NullMarked;
