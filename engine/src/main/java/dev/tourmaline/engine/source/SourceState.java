package dev.tourmaline.engine.source;

import java.time.Duration;

/** The state of an event source. */
public sealed interface SourceState {

  /**
   * A connection is being made.
   *
   * @param attempt 1 for the first since the stream was last open
   */
  record Connecting(int attempt) implements SourceState {}

  /** The stream is open. */
  record Open() implements SourceState {}

  /**
   * The stream is lost and will be tried again.
   *
   * @param why what happened, without any secret
   * @param retryIn how long until the next attempt
   * @param silent how long nothing had come before the loss was noticed; zero where it was noticed
   *     at once
   */
  record Lost(String why, Duration retryIn, Duration silent) implements SourceState {

    /**
     * A loss that was noticed at once.
     *
     * @param why what happened, without any secret
     * @param retryIn how long until the next attempt
     */
    public Lost(String why, Duration retryIn) {
      this(why, retryIn, Duration.ZERO);
    }
  }

  /**
   * The stream is lost and trying again would not help.
   *
   * @param why what happened
   * @param advice what to check, as a sentence for an operator, without any secret
   */
  record Fatal(String why, String advice) implements SourceState {}

  /** The source was closed by its owner. */
  record Closed() implements SourceState {}
}
