/**
 * Watches what becomes of users after a decision and computes what may be said of it: {@link
 * dev.tourmaline.engine.internal.effect.Experiments} compares admitted users with held-out ones,
 * {@link dev.tourmaline.engine.internal.effect.RateTest} guards against a rate that is too high,
 * {@link dev.tourmaline.engine.internal.effect.DailyMatches} sees rules that match no longer.
 */
@NullMarked
package dev.tourmaline.engine.internal.effect;

import org.jspecify.annotations.NullMarked;
