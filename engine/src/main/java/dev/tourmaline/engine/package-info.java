/**
 * Entry points: {@link dev.tourmaline.engine.TourEngine} evaluates rules over streams of UI events,
 * {@link dev.tourmaline.engine.Replay} over recordings.
 */
@NullMarked
package dev.tourmaline.engine;

import org.jspecify.annotations.NullMarked;
