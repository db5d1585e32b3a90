/**
 * The streaming JSON decoder, a fast path over a general parser; {@link
 * dev.tourmaline.engine.internal.decode.FrameDecoder} is the way in.
 */
@NullMarked
package dev.tourmaline.engine.internal.decode;

import org.jspecify.annotations.NullMarked;
