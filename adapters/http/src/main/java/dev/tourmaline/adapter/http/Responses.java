package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responses that are no streams: a JSON object, no content, or an event that asks for a return. */
final class Responses {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private Responses() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void json(Response response, Callback callback, int status, ObjectNode body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  static void error(Response response, Callback callback, int status, String what) {
    json(response, callback, status, object().put("error", what));
  }

  static void wrongMethod(Response response, Callback callback, String right, String allow) {
    response.getHeaders().put(HttpHeader.ALLOW, allow);
    error(response, callback, 405, "the method must be " + right);
  }

  static void unauthorized(Response response, Callback callback, String what) {
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"tourmaline\"");
    error(response, callback, 401, what);
  }

  static void tryLater(Response response, Callback callback, int status, String what) {
    response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER.toSeconds());
    error(response, callback, status, what);
  }

  /**
   * Answers an event source with one named event and ends: it comes again after a while, whereas
   * any other status would end it for good.
   */
  static void comeAgain(Response response, Callback callback, String event, String why) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Frames.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, no-store");
    byte[] frame = Frames.comeAgain(RETRY_AFTER, event, why);
    response.write(true, ByteBuffer.wrap(frame), callback);
  }

  static void noContent(Response response, Callback callback) {
    response.setStatus(204);
    callback.succeeded();
  }
}
