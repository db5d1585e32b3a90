package dev.tourmaline.adapter.autoplay.registration;

/** How a registration ended. No text in it comes from the body of an answer that is an error. */
public sealed interface RegistrationResult {

  /**
   * The product is registered. The connector shows the two secrets only now; {@link #toString()}
   * masks them.
   *
   * @param productId the product
   * @param webhookUrl where PostHog is to send its events
   * @param streamUrl where the product's event stream is read
   * @param webhookSecret the secret that PostHog sends along
   * @param unkeyKey the token that opens the stream
   */
  record Registered(
      String productId, String webhookUrl, String streamUrl, String webhookSecret, String unkeyKey)
      implements RegistrationResult {

    @Override
    public String toString() {
      return "Registered[productId=%s, webhookUrl=%s, streamUrl=%s, webhookSecret=***, unkeyKey=***]"
          .formatted(productId, webhookUrl, streamUrl);
    }
  }

  /**
   * The product is registered already, and nothing was changed.
   *
   * @param explanation what that means and what can be done, for an operator
   */
  record AlreadyRegistered(String explanation) implements RegistrationResult {}

  /**
   * The product was not registered, or it is not known whether it was.
   *
   * @param status the answer's HTTP status; 0 where no answer came
   * @param explanation what happened and what to check, for an operator
   */
  record Failed(int status, String explanation) implements RegistrationResult {}
}
