/**
 * Streaming decoding of frames, in two tiers; {@link
 * dev.tourmaline.engine.internal.decode.FrameDecoder} is the way in.
 */
@NullMarked
package dev.tourmaline.engine.internal.decode;

import org.jspecify.annotations.NullMarked;
