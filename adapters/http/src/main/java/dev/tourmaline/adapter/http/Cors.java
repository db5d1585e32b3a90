package dev.tourmaline.adapter.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets pages of the listed origins call the browser's endpoints. Immutable. */
record Cors(Set<String> origins) {

  /** Adds what a browser needs to hand the response to a page of a listed origin. */
  void mark(Request request, Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(HttpHeader.VARY, "Origin");
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && origins.contains(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Allow-Credentials", "true");
    }
  }

  void preflight(Request request, Response response, Callback callback, String method) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !origins.contains(origin)) {
      Responses.error(response, callback, 403, "this origin is not in the server's CORS list");
      return;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Access-Control-Allow-Methods", method);
    headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
    headers.put("Access-Control-Max-Age", "600");
    Responses.noContent(response, callback);
  }
}
