package dev.tourmaline.adapter.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages of the listed origins call the browser's endpoints. Immutable.
 *
 * @param origins the listed ones
 * @param publicOrigin the server's own as browsers see it; never taken from a request
 */
record Cors(Set<String> origins, Optional<String> publicOrigin) {

  /**
   * {@return whether a page of the server's own origin or of a listed one has sent the request, in
   * the browser's own words, which no page can change}
   */
  boolean isFromKnownPage(Request request) {
    return header(request, "Sec-Fetch-Site").filter("same-origin"::equals).isPresent()
        || header(request, "Origin")
            .filter(origin -> origins.contains(origin) || publicOrigin.equals(Optional.of(origin)))
            .isPresent();
  }

  private static Optional<String> header(Request request, String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

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
