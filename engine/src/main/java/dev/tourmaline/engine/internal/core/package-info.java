/**
 * The synchronous core, without threads and without a clock of its own; {@link
 * dev.tourmaline.engine.internal.core.SessionCore} takes events and time in and gives evaluations.
 */
@NullMarked
package dev.tourmaline.engine.internal.core;

import org.jspecify.annotations.NullMarked;
