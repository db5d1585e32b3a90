/**
 * The deterministic replay of recorded frames, in batches over several lanes; {@link
 * dev.tourmaline.engine.internal.replay.ReplayRun} drives it.
 */
@NullMarked
package dev.tourmaline.engine.internal.replay;

import org.jspecify.annotations.NullMarked;
