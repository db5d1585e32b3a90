package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.DecodeResult.Ignored;
import dev.tourmaline.engine.event.DecodeResult.Rejected;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  private final FieldReader source;
  private final DecoderCaches caches;
  private final Faults faults;

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

  FrameReader(FieldReader source, DecoderCaches caches, Faults faults) {
    this.source = source;
    this.caches = caches;
    this.faults = faults;
  }

  DecodeResult read() throws IOException {
    Optional<DecodeResult> other = source.begin();
    if (other.isPresent()) {
      return other.get();
    }
    Field field = Field.NONE;
    while ((field = source.next(field, caches.frameOrder)) != Field.NONE) {
      readValue(field);
    }
    return source.end().orElseGet(this::result);
  }

  private void readValue(Field field) throws IOException {
    switch (field) {
      case TYPE -> type = source.pooled(field);
      case PRODUCT_ID -> productId = source.pooled(field);
      case SESSION_ID -> sessionId = source.repeated(field);
      case USER_ID -> userId = source.repeated(field);
      case EMAIL -> email = source.repeated(field);
      case CONVERSATION_ID -> conversationId = source.repeated(field);
      case FORWARDED_AT -> forwardedMicros = source.micros(field);
      case COUNT -> count = source.count(field, COUNT_ABSENT, COUNT_OF_NOTHING);
      case ACTIONS -> readActions(field);
      case SUMMARY -> summary = source.text(field);
      case REPLACES -> replaces = source.whole(field, 0);
      case FLOW_ID -> flowId = source.pooled(field);
      case REASON -> reason = source.text(field);
      default -> source.skip();
    }
  }

  private void readActions(Field field) throws IOException {
    actions = List.of();
    rejectedActions = List.of();
    listed = 0;
    if (!source.beginActions(field)) {
      return;
    }
    actions = new ArrayList<>();
    rejectedActions = new ArrayList<>(0);
    ActionReader reader = new ActionReader(source, caches.actionOrder);
    while (source.hasAction()) {
      if (listed < MOST_ACTIONS) {
        reader.read(listed, actions, rejectedActions);
      } else {
        source.skipAction();
      }
      listed++;
    }
    source.endActions(faults);
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
            productId, sessionId, userId, email, conversationId, forwardedAt(), actions),
        List.copyOf(rejectedActions),
        count != COUNT_ABSENT && count != listed);
  }

  private Instant forwardedAt() {
    return Instant.EPOCH.plus(forwardedMicros, ChronoUnit.MICROS);
  }

  private DecodeResult summaryFrame() {
    return new Decoded(
        new SummaryEvent(productId, sessionId, userId, summary, replaces, forwardedAt()),
        List.of(),
        false);
  }

  private DecodeResult triggerFrame() {
    return new Decoded(
        new TriggerEvent(productId, sessionId, userId, flowId, reason), List.of(), false);
  }
}
