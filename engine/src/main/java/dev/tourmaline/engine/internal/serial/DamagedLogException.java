package dev.tourmaline.engine.internal.serial;

/** A passivated session's log that no writer of this version has written: it cannot be restored. */
public final class DamagedLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedLogException(String message) {
    super(message);
  }
}
