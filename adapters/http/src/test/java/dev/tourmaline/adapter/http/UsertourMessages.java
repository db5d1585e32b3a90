package dev.tourmaline.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tourmaline.adapter.signature.TimestampedSignature;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;

/** Messages as Usertour's server sends them, with all that is in them. */
final class UsertourMessages {

  static final String SECRET = "whsec_" + "0f".repeat(32);
  static final String USER = "user-42";
  static final String FLOW = "cmflw000000000000000000001";
  static final String RUN = "cmses000000000000000000001";

  private UsertourMessages() {}

  /**
   * {@return a message about an event}
   *
   * @param more attributes, each with a comma before it
   */
  static String event(String id, String event, Instant at, String more) {
    return """
        {"id":"%1$s","object":"webhookMessage","type":"event.tracked.%2$s","createdAt":"%3$s",\
        "environmentId":"cmenv000000000000000000001","data":{"event":{\
        "id":"cmevt000000000000000000001","object":"event","codeName":"%2$s",\
        "eventDefinitionId":"cmdef000000000000000000001","createdAt":"%3$s","userId":"%4$s",\
        "companyId":null,"sessionId":"%6$s","contentId":"%5$s",\
        "versionId":"cmver000000000000000000001","attributes":{"flow_id":"%5$s",\
        "flow_name":"Größen – サイズ","flow_version_id":"cmver000000000000000000001",\
        "flow_version_number":3,"page_url":"https://shop.example/p/1","viewport_width":1280,\
        "viewport_height":720%7$s}}}}"""
        .formatted(id, event, at, USER, FLOW, RUN, more);
  }

  static String started(String id, Instant at) {
    return event(id, "flow_started", at, ",\"flow_start_reason\":\"start_from_program\"");
  }

  static String stepSeen(String id, Instant at, int step, int progress) {
    return event(id, "flow_step_seen", at, step(step, progress));
  }

  static String completed(String id, Instant at, int step) {
    return event(id, "flow_completed", at, step(step, 100));
  }

  static String ended(String id, Instant at, int step, int progress, String reason) {
    return event(
        id, "flow_ended", at, step(step, progress) + ",\"flow_end_reason\":\"" + reason + "\"");
  }

  private static String step(int number, int progress) {
    return """
        ,"flow_step_id":"cmstp00000000000000000000%1$d","flow_step_number":%1$d,\
        "flow_step_cvid":"c%1$d","flow_step_name":"Step","flow_step_progress":%2$d"""
        .formatted(number, progress);
  }

  /** What the button for trying it out sends. */
  static String test(String id, Instant at) {
    return """
        {"id":"%s","object":"webhookMessage","type":"webhook.test","createdAt":"%s",\
        "environmentId":"cmenv000000000000000000001","data":{}}"""
        .formatted(id, at);
  }

  static HttpRequest.Builder signed(URI to, String body, String secret, Instant at) {
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/json")
        .header(
            UsertourWebhook.HEADER, TimestampedSignature.of(secret).sign(body.getBytes(UTF_8), at))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
