/**
 * The byte format of passivated sessions: {@link dev.tourmaline.engine.internal.log.SessionLog}.
 */
@NullMarked
package dev.tourmaline.engine.internal.log;

import org.jspecify.annotations.NullMarked;
