/**
 * The Autoplay connector's event stream; {@link dev.tourmaline.adapter.autoplay.AutoplaySource}
 * reads it.
 */
@NullMarked
package dev.tourmaline.adapter.autoplay;

import org.jspecify.annotations.NullMarked;
