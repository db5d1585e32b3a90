package dev.tourmaline.adapter.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Routes requests by path and method; what is not listed is left to the host's handlers. */
final class TourRoutes extends Handler.Abstract.NonBlocking {

  private static final String STREAM = "/tours/stream";
  private static final String FEEDBACK = "/tours/feedback";
  private static final String PREFERENCES = "/tours/preferences";
  private static final String TRIGGER = "/tours/trigger";
  private static final String PRODUCT_STREAM = "/stream/";
  private static final String WEBHOOK = "/webhook/";

  private final BrowserEndpoints browsers;
  private final ServerEndpoints servers;
  private final WebhookEndpoint webhooks;
  private final Cors cors;

  TourRoutes(
      BrowserEndpoints browsers, ServerEndpoints servers, WebhookEndpoint webhooks, Cors cors) {
    this.browsers = browsers;
    this.servers = servers;
    this.webhooks = webhooks;
    this.cors = cors;
  }

  private interface Endpoint {
    void serve(Request request, Response response, Callback callback);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getDecodedPath();
    if (path.equals(STREAM)) {
      forBrowsers("GET", browsers::stream, request, response, callback);
    } else if (path.equals(FEEDBACK)) {
      forBrowsers("POST", browsers::feedback, request, response, callback);
    } else if (path.equals(PREFERENCES)) {
      forBrowsers("POST", browsers::preferences, request, response, callback);
    } else if (path.equals(TRIGGER)) {
      only("POST", servers::trigger, request, response, callback);
    } else if (path.startsWith(PRODUCT_STREAM) && path.length() > PRODUCT_STREAM.length()) {
      String product = path.substring(PRODUCT_STREAM.length());
      only(
          "GET",
          (req, res, cb) -> servers.stream(req, res, cb, product),
          request,
          response,
          callback);
    } else if (path.startsWith(WEBHOOK)) {
      return webhook(path.substring(WEBHOOK.length()), request, response, callback);
    } else {
      return false;
    }
    return true;
  }

  private boolean webhook(String rest, Request request, Response response, Callback callback) {
    String[] names = rest.split("/", 2);
    if (names.length < 2 || !webhooks.knows(names[0])) {
      return false;
    }
    only(
        "POST",
        (req, res, cb) -> webhooks.take(req, res, cb, names[0], names[1]),
        request,
        response,
        callback);
    return true;
  }

  private void forBrowsers(
      String method, Endpoint endpoint, Request request, Response response, Callback callback) {
    cors.mark(request, response);
    if (request.getMethod().equals("OPTIONS")) {
      cors.preflight(request, response, callback, method);
    } else {
      only(method, endpoint, request, response, callback);
    }
  }

  private static void only(
      String method, Endpoint endpoint, Request request, Response response, Callback callback) {
    if (request.getLength() != 0) {
      // Until the body is read; an answer that leaves it unread ends the connection.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (request.getMethod().equals(method)) {
      endpoint.serve(request, response, callback);
    } else {
      Responses.wrongMethod(response, callback, method, method);
    }
  }
}
