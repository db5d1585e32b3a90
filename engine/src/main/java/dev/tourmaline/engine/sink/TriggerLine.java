package dev.tourmaline.engine.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tourmaline.engine.log.OneLine;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A trigger as one line of JSON, the form of the JSON lines sink and of a replay's output:
 *
 * <pre>{@code
 * {"type":"usertour_trigger","product_id":"prod_abc","session_id":"ps_1","flow_id":"tour_billing_help",
 *  "id":"...","rule":"Billing revisited","reason":"...","at":1700000000.0}
 * }</pre>
 *
 * <p>{@code at} is event time in seconds since the epoch, to the microsecond, with at least one
 * decimal. The same trigger always gives the same text. Line breaks within a value are escaped,
 * those of Unicode and all control and format characters too, so that a line is a record. Stateless
 * and thread-safe.
 */
public final class TriggerLine {

  private static final JsonFactory JSON = new JsonFactory();

  private TriggerLine() {}

  /**
   * {@return the trigger as one line of JSON, without a line break}
   *
   * @param trigger the trigger
   */
  public static String of(TourTrigger trigger) {
    return of(trigger.offer());
  }

  /**
   * {@return the offer as one line of JSON, without a line break: the same as that of the trigger
   * it becomes when it is admitted}
   *
   * @param offer the offer
   */
  public static String of(Offer offer) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "usertour_trigger");
      json.writeStringField("product_id", offer.session().productId());
      json.writeStringField("session_id", offer.session().sessionId());
      json.writeStringField("flow_id", offer.flowId());
      json.writeStringField("id", offer.id());
      json.writeStringField("rule", offer.rule());
      json.writeStringField("reason", offer.reason());
      json.writeFieldName("at");
      json.writeNumber(seconds(offer.at()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot fail to be written", e);
    }
    return OneLine.ofJson(text.toString());
  }

  /** Plain digits: never an exponent, at least one decimal, no trailing zeros after it. */
  private static String seconds(Instant at) {
    BigDecimal seconds =
        BigDecimal.valueOf(at.getEpochSecond())
            .add(BigDecimal.valueOf(at.getNano() / 1_000, 6))
            .stripTrailingZeros();
    return (seconds.scale() < 1 ? seconds.setScale(1) : seconds).toPlainString();
  }
}
