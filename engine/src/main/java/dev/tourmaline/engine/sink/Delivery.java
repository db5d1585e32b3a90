package dev.tourmaline.engine.sink;

import java.time.Duration;

/** The outcome of one attempt to deliver a trigger. */
public sealed interface Delivery {

  /** {@return the outcome as one stable word, for counting} */
  String word();

  /** The trigger has arrived. */
  record Delivered() implements Delivery {
    @Override
    public String word() {
      return "delivered";
    }
  }

  /**
   * It could not be delivered now; it is worth trying again.
   *
   * @param after how long to wait first
   * @param why what happened
   */
  record Retry(Duration after, String why) implements Delivery {
    @Override
    public String word() {
      return "retry";
    }
  }

  /**
   * It will never be delivered.
   *
   * @param why what happened
   */
  record Refused(String why) implements Delivery {
    @Override
    public String word() {
      return "refused";
    }
  }

  /** Its time to live ran out first. */
  record Expired() implements Delivery {
    @Override
    public String word() {
      return "expired";
    }
  }

  /**
   * At the last check before sending it was no longer welcome.
   *
   * @param why the objection
   */
  record Withdrawn(String why) implements Delivery {
    @Override
    public String word() {
      return "withdrawn";
    }
  }
}
