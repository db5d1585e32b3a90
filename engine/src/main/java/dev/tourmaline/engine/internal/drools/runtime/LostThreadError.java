package dev.tourmaline.engine.internal.drools.runtime;

/**
 * Unwinds a thread that was given up while it evaluated rules, and whose sessions another one has
 * taken over. Nothing but the lane's own loop catches it.
 */
public final class LostThreadError extends Error {

  private static final long serialVersionUID = 1L;

  LostThreadError() {
    super("this lane has been taken over by another thread", null, false, false);
  }
}
