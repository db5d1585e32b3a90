package dev.tourmaline.engine.fact;

import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * An event time timer of inactivity: the session clock has reached the newest action's time plus a
 * duration that some rule names with {@link #reached}.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
public interface Idle extends TimedFact {}
