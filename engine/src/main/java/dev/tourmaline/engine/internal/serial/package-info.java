/**
 * The byte format of passivated sessions: {@link dev.tourmaline.engine.internal.serial.SessionLog}.
 */
@NullMarked
package dev.tourmaline.engine.internal.serial;

import org.jspecify.annotations.NullMarked;
