/** The byte format of a session at rest: {@link dev.tourmaline.engine.internal.log.SessionLog}. */
@NullMarked
package dev.tourmaline.engine.internal.log;

import org.jspecify.annotations.NullMarked;
