/** The fact types that rules match; most rules match {@link dev.tourmaline.engine.fact.Action}. */
@NullMarked
package dev.tourmaline.engine.fact;

import org.jspecify.annotations.NullMarked;
