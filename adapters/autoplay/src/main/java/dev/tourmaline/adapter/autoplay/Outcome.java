package dev.tourmaline.adapter.autoplay;

import java.time.Duration;

/** How a connection ended. */
sealed interface Outcome {

  /**
   * It is worth trying again.
   *
   * @param why what happened, without any secret
   * @param wish how long the server asks to wait; zero where it does not
   * @param silent how long nothing had come before
   */
  record TryAgain(String why, Duration wish, Duration silent) implements Outcome {

    TryAgain(String why) {
      this(why, Duration.ZERO);
    }

    TryAgain(String why, Duration wish) {
      this(why, wish, Duration.ZERO);
    }
  }

  /**
   * Trying again would not help.
   *
   * @param why what happened, without any secret
   * @param advice what to check
   */
  record GiveUp(String why, String advice) implements Outcome {}
}
