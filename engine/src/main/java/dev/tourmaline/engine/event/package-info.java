/**
 * What the connector sends, decoded; {@link dev.tourmaline.engine.event.EventDecoder} is the way
 * in.
 */
@NullMarked
package dev.tourmaline.engine.event;

import org.jspecify.annotations.NullMarked;
