package dev.tourmaline.engine.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Ignored;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads one frame. Its type may stand anywhere in the object, so that every field any type has is
 * read first; a fault counts once it is known that the frame's type has the field.
 */
final class FrameReader {

  static final int MOST_ACTIONS = 100_000;

  private static final Set<Field> SUMMARY_FIELDS =
      EnumSet.of(
          Field.PRODUCT_ID,
          Field.SESSION_ID,
          Field.USER_ID,
          Field.SUMMARY,
          Field.REPLACES,
          Field.FORWARDED_AT);
  private static final Set<Field> TRIGGER_FIELDS =
      EnumSet.of(Field.PRODUCT_ID, Field.SESSION_ID, Field.USER_ID, Field.FLOW_ID, Field.REASON);
  private static final Set<Field> ACTIONS_FIELDS =
      EnumSet.of(
          Field.PRODUCT_ID,
          Field.SESSION_ID,
          Field.USER_ID,
          Field.EMAIL,
          Field.CONVERSATION_ID,
          Field.COUNT,
          Field.FORWARDED_AT,
          Field.ACTIONS);
  private static final int COUNT_ABSENT = -1;
  private static final int COUNT_OF_NOTHING = -2;

  private final JsonParser parser;
  private final Learnt learnt;
  private final Faults faults = new Faults();
  private final FrameTexts texts = new FrameTexts();
  private final ValueReader values;

  private String type = "";
  private String productId = "";
  private String sessionId = "";
  private String userId = "";
  private String email = "";
  private String conversationId = "";
  private long forwardedMicros;
  private int count = COUNT_ABSENT;
  private int listed;
  private List<UiAction> actions = List.of();
  private List<Rejected> rejectedActions = List.of();
  private String summary = "";
  private int replaces;
  private String flowId = "";
  private String reason = "";

  FrameReader(JsonParser parser, Learnt learnt) {
    this.learnt = learnt;
    this.parser = parser;
    this.values = new ValueReader(parser, learnt.texts, faults);
  }

  /** {@return the object that was read last, as error messages name it} */
  String place() {
    return values.place();
  }

  DecodeResult read() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return new Ignored("heartbeat");
    }
    if (first != JsonToken.START_OBJECT) {
      return Rejections.wrongType(values.place(), parser, "a JSON object");
    }
    Field field = Field.NONE;
    while ((field = learnt.frameOrder.after(field, parser)) != Field.NONE) {
      if (faults.any()) {
        faults.remove(field);
      }
      if (field == Field.UNKNOWN) {
        parser.nextToken();
        parser.skipChildren();
        continue;
      }
      values.advance();
      readValue(field);
    }
    return parser.nextToken() == null ? result() : Rejections.trailing(parser);
  }

  private void readValue(Field field) throws IOException {
    switch (field) {
      case TYPE -> type = values.pooled(field);
      case PRODUCT_ID -> productId = values.pooled(field);
      case SESSION_ID -> sessionId = values.repeated(field, texts.session);
      case USER_ID -> userId = values.repeated(field, texts.user);
      case EMAIL -> email = values.repeated(field, texts.email);
      case CONVERSATION_ID -> conversationId = values.repeated(field, texts.conversation);
      case FORWARDED_AT -> forwardedMicros = values.micros(field);
      case COUNT -> count = values.count(field, COUNT_ABSENT, COUNT_OF_NOTHING);
      case ACTIONS -> readActions(field);
      case SUMMARY -> summary = values.text(field);
      case REPLACES -> replaces = values.whole(field, 0);
      case FLOW_ID -> flowId = values.pooled(field);
      case REASON -> reason = values.text(field);
      default -> parser.skipChildren();
    }
  }

  private void readActions(Field field) throws IOException {
    actions = List.of();
    rejectedActions = List.of();
    listed = 0;
    JsonToken first = parser.currentToken();
    if (first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_ARRAY) {
      values.wrongType(field, "a list of actions");
      return;
    }
    actions = new ArrayList<>();
    rejectedActions = new ArrayList<>(0);
    ActionReader reader = new ActionReader(parser, values, texts, learnt.actionOrder);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (listed < MOST_ACTIONS) {
        reader.read(listed, actions, rejectedActions);
      } else {
        parser.skipChildren();
      }
      listed++;
    }
    values.leaveActions(faults);
    if (listed > MOST_ACTIONS) {
      faults.add(field, Rejections.tooManyActions(listed, MOST_ACTIONS));
    }
  }

  private DecodeResult result() {
    if (faults.any()) {
      Optional<Rejected> badType = faults.first(EnumSet.of(Field.TYPE));
      if (badType.isPresent()) {
        return badType.get();
      }
    }
    return switch (type) {
      case "" -> Rejections.missingType();
      case "actions" -> unlessFaulty(ACTIONS_FIELDS, this::actionsFrame);
      case "summary" -> unlessFaulty(SUMMARY_FIELDS, this::summaryFrame);
      case "usertour_trigger" -> unlessFaulty(TRIGGER_FIELDS, this::triggerFrame);
      default -> new Ignored(Rejections.cut(type));
    };
  }

  private DecodeResult unlessFaulty(Set<Field> fields, Supplier<DecodeResult> frame) {
    return faults.any()
        ? faults.first(fields).<DecodeResult>map(f -> f).orElseGet(frame)
        : frame.get();
  }

  private DecodeResult actionsFrame() {
    return new Decoded(
        new ActionsEvent(
            productId,
            sessionId,
            userId,
            email,
            conversationId,
            Micros.toInstant(forwardedMicros),
            actions),
        List.copyOf(rejectedActions),
        count != COUNT_ABSENT && count != listed);
  }

  private DecodeResult summaryFrame() {
    Instant forwardedAt = Micros.toInstant(forwardedMicros);
    return new Decoded(
        new SummaryEvent(productId, sessionId, userId, summary, replaces, forwardedAt),
        List.of(),
        false);
  }

  private DecodeResult triggerFrame() {
    return new Decoded(
        new TriggerEvent(productId, sessionId, userId, flowId, reason), List.of(), false);
  }
}
