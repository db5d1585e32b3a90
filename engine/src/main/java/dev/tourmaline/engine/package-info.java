/**
 * The engine's front door: {@link dev.tourmaline.engine.TourEngine} takes events in and publishes
 * tours.
 */
@NullMarked
package dev.tourmaline.engine;

import org.jspecify.annotations.NullMarked;
