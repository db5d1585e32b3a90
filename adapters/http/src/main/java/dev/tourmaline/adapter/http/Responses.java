package dev.tourmaline.adapter.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responses that are no streams: a JSON object, or no content. */
final class Responses {

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
    response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
    error(response, callback, status, what);
  }

  static void noContent(Response response, Callback callback) {
    response.setStatus(204);
    callback.succeeded();
  }
}
