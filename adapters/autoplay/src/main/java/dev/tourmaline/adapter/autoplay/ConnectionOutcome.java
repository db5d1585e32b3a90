package dev.tourmaline.adapter.autoplay;

import java.time.Duration;

/** How a connection to the event stream ended, and whether to try again. */
sealed interface ConnectionOutcome {

  /**
   * It is worth trying again.
   *
   * @param why what happened, without any secret
   * @param retryAfter how long the server asks to wait; zero where it does not
   * @param silent how long nothing had come before
   */
  record Retry(String why, Duration retryAfter, Duration silent) implements ConnectionOutcome {

    Retry(String why) {
      this(why, Duration.ZERO);
    }

    Retry(String why, Duration retryAfter) {
      this(why, retryAfter, Duration.ZERO);
    }
  }

  /**
   * Trying again would not help.
   *
   * @param why what happened, without any secret
   * @param advice what to check
   */
  record Fatal(String why, String advice) implements ConnectionOutcome {}
}
