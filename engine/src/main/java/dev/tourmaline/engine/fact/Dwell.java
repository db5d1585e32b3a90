package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * An event time timer of a visit: the session clock has reached its first view plus a duration that
 * some rule names with {@link #reached}.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Dwell extends TimedFact {}
