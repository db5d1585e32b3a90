package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A timed fact: the visitor has been on one page for a while. The session clock has reached the
 * visit's first view plus a duration that some rule names with {@link #reached}.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Dwell extends TimedFact {}
