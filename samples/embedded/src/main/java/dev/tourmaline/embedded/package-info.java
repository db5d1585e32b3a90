/** The smallest program that embeds the engine: {@link dev.tourmaline.embedded.EmbeddedTours}. */
@NullMarked
package dev.tourmaline.embedded;

import org.jspecify.annotations.NullMarked;
