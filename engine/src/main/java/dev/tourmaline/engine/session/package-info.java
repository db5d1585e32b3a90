/** The partition key, {@link dev.tourmaline.engine.session.SessionKey}, and limits of sessions. */
@NullMarked
package dev.tourmaline.engine.session;

import org.jspecify.annotations.NullMarked;
