/** Sinks of admitted triggers; {@link dev.tourmaline.engine.sink.TriggerSink} is the SPI. */
@NullMarked
package dev.tourmaline.engine.sink;

import org.jspecify.annotations.NullMarked;
