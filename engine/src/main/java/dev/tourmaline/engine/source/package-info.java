/** Where raw frames come from; {@link dev.tourmaline.engine.source.EventSource} is the SPI. */
@NullMarked
package dev.tourmaline.engine.source;

import org.jspecify.annotations.NullMarked;
