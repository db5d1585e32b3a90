/**
 * Sequential tests on what rules do: {@link dev.tourmaline.engine.internal.effect.RateTest} guards
 * against a rate that is too high, {@link dev.tourmaline.engine.internal.effect.DailyMatches} sees
 * rules that match no longer.
 */
@NullMarked
package dev.tourmaline.engine.internal.effect;

import org.jspecify.annotations.NullMarked;
