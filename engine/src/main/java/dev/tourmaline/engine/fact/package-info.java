/** What rules see; {@link dev.tourmaline.engine.fact.Action} is the fact most rules start from. */
@NullMarked
package dev.tourmaline.engine.fact;

import org.jspecify.annotations.NullMarked;
