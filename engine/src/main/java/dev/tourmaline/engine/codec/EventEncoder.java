package dev.tourmaline.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The JSON encoder of events, the inverse of {@link EventDecoder}. Immutable and thread-safe.
 *
 * <p>Absent ids and times are written as null, absent text as the empty text; fields that the
 * documented form lacks ({@code conversation_id}, a trigger's {@code reason} and so on) are left
 * out where absent.
 */
public final class EventEncoder {

  /** Halves of surrogate pairs are escaped: one without its other half has no UTF-8. */
  private static final int LAST_BELOW_SURROGATES = 0xD7FF;

  private final JsonFactory json = new JsonFactory();

  /** {@return an encoder} */
  public static EventEncoder create() {
    return new EventEncoder();
  }

  private EventEncoder() {}

  /**
   * {@return the event as one JSON object in UTF-8, without a line break}
   *
   * @param event the event
   */
  public byte[] encode(StreamEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.setHighestNonEscapedChar(LAST_BELOW_SURROGATES);
      out.writeStartObject();
      if (event instanceof ActionsEvent actions) {
        write(actions, out);
      } else if (event instanceof SummaryEvent summary) {
        write(summary, out);
      } else if (event instanceof TriggerEvent trigger) {
        write(trigger, out);
      }
      out.writeEndObject();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  private static void write(ActionsEvent event, JsonGenerator out) throws IOException {
    out.writeStringField("type", "actions");
    out.writeStringField("product_id", event.productId());
    nullable("session_id", event.sessionId(), out);
    nullable("user_id", event.userId(), out);
    nullable("email", event.email(), out);
    optional("conversation_id", event.conversationId(), out);
    out.writeNumberField("count", event.actions().size());
    time("forwarded_at", event.forwardedAt(), out);
    out.writeArrayFieldStart("actions");
    for (UiAction action : event.actions()) {
      out.writeStartObject();
      write(action, out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(UiAction action, JsonGenerator out) throws IOException {
    if (action.index() >= 0) {
      out.writeNumberField("index", action.index());
    }
    out.writeStringField("type", action.type());
    out.writeStringField("title", action.title());
    out.writeStringField("description", action.description());
    time("timestamp_start", action.start().orElse(Instant.EPOCH), out);
    time("timestamp_end", action.end().orElse(Instant.EPOCH), out);
    out.writeStringField("raw_url", action.rawUrl());
    out.writeStringField("canonical_url", action.canonicalUrl());
    nullable("session_id", action.sessionId(), out);
    nullable("user_id", action.userId(), out);
    nullable("email", action.email(), out);
    optional("conversation_id", action.conversationId(), out);
  }

  private static void write(SummaryEvent event, JsonGenerator out) throws IOException {
    out.writeStringField("type", "summary");
    out.writeStringField("product_id", event.productId());
    nullable("session_id", event.sessionId(), out);
    optional("user_id", event.userId(), out);
    out.writeStringField("summary", event.summary());
    out.writeNumberField("replaces", event.replaces());
    time("forwarded_at", event.forwardedAt(), out);
  }

  private static void write(TriggerEvent event, JsonGenerator out) throws IOException {
    out.writeStringField("type", "usertour_trigger");
    out.writeStringField("product_id", event.productId());
    nullable("session_id", event.sessionId(), out);
    out.writeStringField("flow_id", event.flowId());
    optional("user_id", event.userId(), out);
    optional("reason", event.reason(), out);
  }

  private static void nullable(String field, String text, JsonGenerator out) throws IOException {
    if (text.isEmpty()) {
      out.writeNullField(field);
    } else {
      out.writeStringField(field, text);
    }
  }

  private static void optional(String field, String text, JsonGenerator out) throws IOException {
    if (!text.isEmpty()) {
      out.writeStringField(field, text);
    }
  }

  /** The epoch stands for an absent time. */
  private static void time(String field, Instant time, JsonGenerator out) throws IOException {
    BigDecimal seconds =
        BigDecimal.valueOf(time.getEpochSecond())
            .add(BigDecimal.valueOf(time.getNano() / 1_000, 6))
            .stripTrailingZeros();
    if (seconds.signum() == 0) {
      out.writeNullField(field);
      return;
    }
    out.writeFieldName(field);
    out.writeNumber(seconds.setScale(Math.max(1, seconds.scale())).toPlainString());
  }
}
