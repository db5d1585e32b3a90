/**
 * The bounded history of a session, and window queries over it; start at {@link
 * dev.tourmaline.engine.internal.history.History}.
 */
@NullMarked
package dev.tourmaline.engine.internal.history;

import org.jspecify.annotations.NullMarked;
