/**
 * What an engine tells of itself: {@link dev.tourmaline.engine.listener.EngineListener} is called
 * as it happens, {@link dev.tourmaline.engine.listener.EngineStats} counts.
 */
@NullMarked
package dev.tourmaline.engine.listener;

import org.jspecify.annotations.NullMarked;
