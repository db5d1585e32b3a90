package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tourmaline.adapter.signature.TimestampedSignature;
import dev.tourmaline.adapter.signature.TimestampedSignature.Verdict;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Usertour's webhook: the events {@code flow_started}, {@code flow_step_seen}, {@code
 * flow_completed} and {@code flow_ended}; all others are ignored.
 *
 * <p>Usertour's server writes the start and the first step before anything is on the screen, and
 * the completion when the last step is about to be. So these prove nothing by themselves; a later
 * step does, since the visitor has come to it from one that was shown, and so does an end by the
 * visitor's own hand.
 *
 * <table>
 *   <caption>What they mean; a later step is any but the first</caption>
 *   <tr><th>event</th><th>at a later step</th><th>at the first one, or none</th></tr>
 *   <tr><td>flow_started, flow_step_seen</td><td>step</td><td>shown, unconfirmed</td></tr>
 *   <tr><td>flow_completed</td><td>completed</td><td>shown, unconfirmed: the end tells</td></tr>
 *   <tr><td>flow_ended by the visitor</td><td colspan="2">completed if the progress is 100, else
 *       dismissed</td></tr>
 *   <tr><td>flow_ended by a trigger of the flow</td><td>completed if the progress is 100, else
 *       dismissed</td><td>dismissed, unconfirmed</td></tr>
 *   <tr><td>flow_ended for any other reason</td><td>completed if the progress is 100, else failed
 *       after it was shown</td><td>failed</td></tr>
 * </table>
 *
 * <p>Steps count from 1, in Usertour's messages from 0. A flow that a page starts in its midst
 * ({@code cvid}) counts as shown at once; {@code tourmaline.js} starts none so. Read from
 * Usertour's source of August 2026. Thread-safe; the secret appears in no message and not in {@link
 * #toString()}.
 */
public final class UsertourWebhook implements ProviderWebhook {

  /** The request header that carries the signature. */
  public static final String HEADER = "X-Usertour-Signature";

  private static final String EVENT = "event.tracked.";
  private static final Set<String> TAKEN =
      Set.of("flow_started", "flow_step_seen", "flow_completed", "flow_ended");
  private static final Set<String> BY_THE_VISITOR =
      Set.of(
          "close_button_dismiss",
          "backdrop_dismiss",
          "user_closed",
          "action_dismiss",
          "dismiss_button");
  private static final String BY_A_TRIGGER = "trigger_dismiss";
  private static final int WHOLE = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TimestampedSignature signature;

  private UsertourWebhook(TimestampedSignature signature) {
    this.signature = signature;
  }

  /**
   * {@return the webhook, with fixed secrets}
   *
   * @param secrets as Usertour shows them, {@code whsec_} included; several while they rotate
   * @throws IllegalArgumentException if there is none, or one is blank
   */
  public static UsertourWebhook of(String... secrets) {
    return new UsertourWebhook(TimestampedSignature.of(secrets));
  }

  /**
   * {@return the webhook, with secrets that may change while it is in use}
   *
   * @param secrets asked at each message for those that are valid now; quick and thread-safe
   */
  public static UsertourWebhook of(Supplier<List<String>> secrets) {
    return new UsertourWebhook(TimestampedSignature.of(secrets));
  }

  @Override
  public String name() {
    return "usertour";
  }

  @Override
  public Result read(Request request) {
    Verdict verdict =
        signature.verify(request.body(), request.header(HEADER), request.receivedAt());
    if (verdict != Verdict.VALID) {
      return new Result.Unauthorized(
          switch (verdict) {
            case MALFORMED -> HEADER + " must be there once, as t=<Unix seconds>,v1=<hex>";
            case OUT_OF_TIME ->
                "the time in %s is more than %d min from this machine's"
                    .formatted(HEADER, TimestampedSignature.TOLERANCE.toMinutes());
            default -> HEADER + " is not this body's, by the secret of this product";
          });
    }
    return parse(request.body())
        .<Result>map(message -> read(request, message))
        .orElseGet(() -> new Result.Malformed("the body must be a JSON object"));
  }

  private static Optional<ObjectNode> parse(byte[] utf8) {
    try {
      return MAPPER.readTree(utf8) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Result read(Request request, ObjectNode message) {
    String type = text(message, "type");
    if (!type.startsWith(EVENT) || !TAKEN.contains(type.substring(EVENT.length()))) {
      return new Result.Ignored("its type is none of flows that start, go on or end");
    }
    JsonNode event = message.path("data").path("event");
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("id", text(message, "id"));
    ids.put("data.event.userId", text(event, "userId"));
    ids.put("data.event.contentId", text(event, "contentId"));
    String run = text(event, "sessionId");
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (id.getValue().isBlank()) {
        return new Result.Ignored(id.getKey() + " is missing");
      }
    }
    ids.put("data.event.sessionId", run);
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (id.getValue().length() > SessionKey.LONGEST_ID) {
        return new Result.Ignored(
            "%s has %d characters, it must have at most %d"
                .formatted(id.getKey(), id.getValue().length(), SessionKey.LONGEST_ID));
      }
    }
    Flow flow =
        new Flow(
            request.productId(),
            text(event, "userId"),
            text(event, "contentId"),
            run,
            at(event, request.receivedAt()),
            event.path("attributes"));
    return new Result.Reports(text(message, "id"), flow.reports(type.substring(EVENT.length())));
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).isTextual() ? node.path(key).textValue() : "";
  }

  /** Usertour's clock counts no further than ours, and only where it can be read. */
  private static Instant at(JsonNode event, Instant receivedAt) {
    try {
      Instant at = Instant.parse(text(event, "createdAt"));
      return at.isBefore(receivedAt) ? at : receivedAt;
    } catch (DateTimeException e) {
      return receivedAt;
    }
  }

  /** What happened to one run of a flow. Any attribute may be missing. */
  private record Flow(
      String productId, String userId, String flowId, String run, Instant at, JsonNode attributes) {

    List<ProviderReport> reports(String event) {
      boolean isLater = step() > 1;
      return switch (event) {
        case "flow_step_seen" -> List.of(isLater ? report(Outcome.STEP, true) : begun());
        case "flow_completed" -> List.of(isLater ? report(Outcome.COMPLETED, true) : begun());
        case "flow_ended" -> ended(text(attributes, "flow_end_reason"), isLater);
        default -> List.of(begun());
      };
    }

    private ProviderReport begun() {
      return report(Outcome.SHOWN, false);
    }

    private List<ProviderReport> ended(String reason, boolean isLater) {
      boolean byVisitor = BY_THE_VISITOR.contains(reason);
      if (isWhole() && (byVisitor || isLater)) {
        return List.of(report(Outcome.COMPLETED, true));
      }
      if (byVisitor || reason.equals(BY_A_TRIGGER)) {
        return List.of(report(Outcome.DISMISSED, byVisitor || isLater));
      }
      ProviderReport failed = report(Outcome.FAILED, false);
      return isLater ? List.of(report(Outcome.SHOWN, true), failed) : List.of(failed);
    }

    private ProviderReport report(Outcome outcome, boolean confirmed) {
      return new ProviderReport(
          productId, userId, flowId, run, outcome, step(), confirmed, at, false);
    }

    /** From 1, whereas Usertour counts from 0; 0 where it says none. */
    private int step() {
      JsonNode number = attributes.path("flow_step_number");
      return number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0
          ? (int) Math.min(Integer.MAX_VALUE, number.intValue() + 1L)
          : 0;
    }

    private boolean isWhole() {
      JsonNode progress = attributes.path("flow_step_progress");
      return progress.isNumber() && progress.doubleValue() == WHOLE;
    }
  }
}
