/**
 * What rules do to the people they speak to: {@link dev.tourmaline.engine.effect.MatchCollapse} is a
 * rule that speaks to nobody any more.
 */
@NullMarked
package dev.tourmaline.engine.effect;

import org.jspecify.annotations.NullMarked;
