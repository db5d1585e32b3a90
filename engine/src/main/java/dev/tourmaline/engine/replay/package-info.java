/** Recorded events through the same core; {@link dev.tourmaline.engine.replay.Replay} runs it. */
@NullMarked
package dev.tourmaline.engine.replay;

import org.jspecify.annotations.NullMarked;
