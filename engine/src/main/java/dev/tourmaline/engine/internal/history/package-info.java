/**
 * What is remembered of a session, compactly, and the scans over it; start at {@link
 * dev.tourmaline.engine.internal.history.History}.
 */
@NullMarked
package dev.tourmaline.engine.internal.history;

import org.jspecify.annotations.NullMarked;
