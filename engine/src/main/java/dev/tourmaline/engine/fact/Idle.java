package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A timed fact: the visitor has done nothing for a while. The session clock has reached the newest
 * action's time plus a duration that some rule names with {@link #reached}.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Idle extends TimedFact {}
