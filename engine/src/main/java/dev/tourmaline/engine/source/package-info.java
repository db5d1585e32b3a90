/** Sources of raw frames; {@link dev.tourmaline.engine.source.EventSource} is the SPI. */
@NullMarked
package dev.tourmaline.engine.source;

import org.jspecify.annotations.NullMarked;
