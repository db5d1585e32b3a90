package dev.tourmaline.engine.internal.drools.runtime;

/** Signals that an evaluation has reached the limit of firings. */
final class EndlessFiring extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EndlessFiring(int firings) {
    super("fired " + firings + " times in one evaluation", null, false, false);
  }
}
