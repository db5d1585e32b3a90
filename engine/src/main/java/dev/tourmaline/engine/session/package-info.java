/** Who an event belongs to: {@link dev.tourmaline.engine.session.SessionKey}, and how long. */
@NullMarked
package dev.tourmaline.engine.session;

import org.jspecify.annotations.NullMarked;
