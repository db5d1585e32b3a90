/**
 * Finds out why rules offered nothing; {@link dev.tourmaline.engine.internal.explain.NearestMiss}
 * asks a rule's constraints of past actions.
 */
@NullMarked
package dev.tourmaline.engine.internal.explain;

import org.jspecify.annotations.NullMarked;
