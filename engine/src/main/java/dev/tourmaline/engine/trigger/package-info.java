/**
 * Offers, decisions and triggers; {@link dev.tourmaline.engine.trigger.TriggerPolicy} has the
 * limits.
 */
@NullMarked
package dev.tourmaline.engine.trigger;

import org.jspecify.annotations.NullMarked;
