package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ProviderReport;
import java.time.Instant;
import java.util.List;

/**
 * How one tour provider's server tells what becomes of its tours: reads a message that was posted
 * to {@code /webhook/{name}/{product_id}}. An SPI: add yours by {@link
 * TourServer.Builder#providerWebhook}.
 *
 * <p>It decides who may speak and what it means. The server sees to the rest: the body's limits,
 * messages that come twice, the engine, and the answer. Must be thread-safe, quick, and throw
 * nothing, whatever the body holds; a message on which it throws all the same is answered 503.
 */
public interface ProviderWebhook {

  /** {@return the segment of the path, such as {@code usertour}: lower-case letters, digits, -} */
  String name();

  /**
   * {@return what a message is worth}
   *
   * @param request the message as it arrived
   */
  Result read(Request request);

  /** A message as it arrived. */
  interface Request {

    /** {@return the product of the path, one that this webhook was added for} */
    String productId();

    /**
     * {@return a header's value, several joined by {@code ", "}; empty text where it is absent}
     *
     * @param name the header's name, in any case
     */
    String header(String name);

    /** {@return the raw body, a JSON text by its content type; at most 64 KiB} */
    byte[] body();

    /** {@return when it arrived, by the server's clock} */
    Instant receivedAt();
  }

  /** What a message is worth. */
  sealed interface Result {

    /**
     * Something to be told to the engine. Answered 200 once the engine has taken all of it, and 503
     * with {@code Retry-After} if it does not.
     *
     * @param id the message's id, by which one that comes again within 26 h is answered alike and
     *     not taken twice; not blank, at most {@value SessionKey#LONGEST_ID} characters
     * @param reports what it says, in this order
     */
    record Reports(String id, List<ProviderReport> reports) implements Result {

      /**
       * Copies the list.
       *
       * @param id the message's id
       * @param reports what it says
       * @throws IllegalArgumentException if the id is blank or too long
       */
      public Reports {
        reports = List.copyOf(reports);
        if (id.isBlank() || id.length() > SessionKey.LONGEST_ID) {
          throw new IllegalArgumentException(
              "a message's id has %d characters, it must have 1 to %d and not be blank"
                  .formatted(id.length(), SessionKey.LONGEST_ID));
        }
      }
    }

    /**
     * Genuine, and nothing to be told. Answered 200: a provider sends again what was refused, and
     * gives a receiver up that refuses too often.
     *
     * @param why in words, which the answer holds
     */
    record Ignored(String why) implements Result {}

    /**
     * Genuine, and not what the provider sends. Answered 400.
     *
     * @param why in words, which the answer and the log hold
     */
    record Malformed(String why) implements Result {}

    /**
     * From whoever cannot show to be the provider. Answered 401.
     *
     * @param why in words without what was sent, which the answer and the log hold
     */
    record Unauthorized(String why) implements Result {}
  }
}
