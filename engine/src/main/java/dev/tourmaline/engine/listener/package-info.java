/**
 * Observability of an engine: {@link dev.tourmaline.engine.listener.EngineListener} has the
 * callbacks, {@link dev.tourmaline.engine.listener.EngineStats} the counters.
 */
@NullMarked
package dev.tourmaline.engine.listener;

import org.jspecify.annotations.NullMarked;
