/**
 * From an offer to a decision; {@link dev.tourmaline.engine.trigger.TriggerPolicy} is the brake.
 */
@NullMarked
package dev.tourmaline.engine.trigger;

import org.jspecify.annotations.NullMarked;
