/**
 * Log lines that a flood of input cannot multiply; {@link dev.tourmaline.engine.log.ThrottledLog}
 * lets through a few of a kind and counts the others.
 */
@NullMarked
package dev.tourmaline.engine.log;

import org.jspecify.annotations.NullMarked;
