/**
 * The implementations of the facts that rules match, over a session's history; {@link
 * dev.tourmaline.engine.internal.fact.HistoryFact} is what they share.
 */
@NullMarked
package dev.tourmaline.engine.internal.fact;

import org.jspecify.annotations.NullMarked;
