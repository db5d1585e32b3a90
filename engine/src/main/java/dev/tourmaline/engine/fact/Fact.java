package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;

/**
 * An event in a user session, as rules see it. Absent text is empty, never null, and no accessor
 * throws, so that one odd event cannot break a rule. Made by the engine alone.
 */
public interface Fact {

  @Predicate(help = "Key of the session: product id and session id", example = "$key : session")
  SessionKey getSession();

  @Predicate(help = "Event time in milliseconds since 1970-01-01 UTC", example = "$at : at")
  long getAt();
}
