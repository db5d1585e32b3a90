package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.UiAction;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the action objects of one frame, one after the other. Descriptions are not pooled: they
 * seldom repeat.
 */
final class ActionReader {

  private final FieldReader source;
  private final FieldOrder order;
  private final Faults faults = new Faults();

  ActionReader(FieldReader source, FieldOrder order) {
    this.source = source;
    this.order = order;
  }

  /** Reads the next element of the list; adds it, or its fault. */
  void read(int index, List<UiAction> accepted, List<Rejected> rejected) throws IOException {
    Optional<Rejected> other = source.beginAction(index, faults);
    if (other.isPresent()) {
      rejected.add(other.get());
      return;
    }
    UiAction.Builder builder = UiAction.builder("");
    Field field = Field.NONE;
    while ((field = source.next(field, order)) != Field.NONE) {
      switch (field) {
        case INDEX -> builder.index(source.whole(field, -1));
        case TYPE -> builder.type(source.pooled(field));
        case TITLE -> builder.title(source.pooled(field));
        case DESCRIPTION -> builder.description(source.text(field));
        case TIMESTAMP_START -> builder.startMicros(source.micros(field));
        case TIMESTAMP_END -> builder.endMicros(source.micros(field));
        case RAW_URL -> builder.rawUrl(source.pooled(field));
        case CANONICAL_URL -> builder.canonicalUrl(source.pooled(field));
        case SESSION_ID -> builder.sessionId(source.repeated(field));
        case USER_ID -> builder.userId(source.repeated(field));
        case EMAIL -> builder.email(source.repeated(field));
        case CONVERSATION_ID -> builder.conversationId(source.repeated(field));
        default -> source.skip();
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
