package dev.tourmaline.engine.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/**
 * Reads the action objects of one frame, one after the other. Descriptions and raw URLs repeat too
 * seldom for looking them up to pay.
 */
final class ActionReader {

  private final JsonParser parser;
  private final ValueReader values;
  private final FrameTexts texts;
  private final FieldOrder order;
  private final Faults faults = new Faults();

  ActionReader(JsonParser parser, ValueReader values, FrameTexts texts, FieldOrder order) {
    this.order = order;
    this.parser = parser;
    this.values = values;
    this.texts = texts;
  }

  /** Reads the list element that the parser stands at; adds it, or its fault. */
  void read(int index, List<UiAction> accepted, List<Rejected> rejected) throws IOException {
    values.enterAction(index, faults);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      rejected.add(Rejections.wrongType(values.place(), parser, "an action object"));
      parser.skipChildren();
      return;
    }
    UiAction.Builder builder = UiAction.builder("");
    Field field = Field.NONE;
    while ((field = order.after(field, parser)) != Field.NONE) {
      if (faults.any()) {
        faults.remove(field);
      }
      if (field == Field.UNKNOWN) {
        parser.nextToken();
        parser.skipChildren();
        continue;
      }
      values.advance();
      switch (field) {
        case INDEX -> builder.index(values.whole(field, -1));
        case TYPE -> builder.type(values.pooled(field));
        case TITLE -> builder.title(values.pooled(field));
        case DESCRIPTION -> builder.description(values.text(field));
        case TIMESTAMP_START -> builder.startMicros(values.micros(field));
        case TIMESTAMP_END -> builder.endMicros(values.micros(field));
        case RAW_URL -> builder.rawUrl(values.text(field));
        case CANONICAL_URL -> builder.canonicalUrl(values.pooled(field));
        case SESSION_ID -> builder.sessionId(values.repeated(field, texts.session));
        case USER_ID -> builder.userId(values.repeated(field, texts.user));
        case EMAIL -> builder.email(values.repeated(field, texts.email));
        case CONVERSATION_ID -> builder.conversationId(values.repeated(field, texts.conversation));
        default -> parser.skipChildren();
      }
    }
    if (faults.any()) {
      faults.first(EnumSet.allOf(Field.class)).ifPresent(rejected::add);
      faults.clear();
    } else {
      accepted.add(builder.build());
    }
  }
}
