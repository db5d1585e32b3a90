/**
 * The wire codec: {@link dev.tourmaline.engine.codec.EventDecoder} reads the connector's frames,
 * {@link dev.tourmaline.engine.codec.EventEncoder} writes them.
 */
@NullMarked
package dev.tourmaline.engine.codec;

import org.jspecify.annotations.NullMarked;
