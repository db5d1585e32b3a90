/**
 * Why a tour was or was not offered to a session: {@link
 * dev.tourmaline.engine.explain.Explanation}.
 */
@NullMarked
package dev.tourmaline.engine.explain;

import org.jspecify.annotations.NullMarked;
