/**
 * The decoded events of the connector's stream; {@link dev.tourmaline.engine.event.StreamEvent} is
 * what they share.
 */
@NullMarked
package dev.tourmaline.engine.event;

import org.jspecify.annotations.NullMarked;
