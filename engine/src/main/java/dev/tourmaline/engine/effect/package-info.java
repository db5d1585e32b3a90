/**
 * What rules do to the people they speak to, against those held out: {@link
 * dev.tourmaline.engine.effect.EffectReport}.
 */
@NullMarked
package dev.tourmaline.engine.effect;

import org.jspecify.annotations.NullMarked;
