/**
 * The concurrent runtime around the synchronous core: lanes, publisher, watchdog; {@link
 * dev.tourmaline.engine.internal.live.EngineRuntime} puts them together.
 */
@NullMarked
package dev.tourmaline.engine.internal.live;

import org.jspecify.annotations.NullMarked;
