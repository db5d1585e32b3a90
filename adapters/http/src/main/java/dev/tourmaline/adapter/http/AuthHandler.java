package dev.tourmaline.adapter.http;

import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Bearer authentication: answers 401 to a request that shows none of the tokens. */
final class AuthHandler extends Handler.Abstract.NonBlocking {

  private final String kind;
  private final List<Supplier<String>> tokens;

  /** */
  AuthHandler(String kind, List<Supplier<String>> tokens) {
    this.kind = kind;
    this.tokens = List.copyOf(tokens);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (Credentials.isOneOf(Credentials.bearer(request), tokens)) {
      return false;
    }
    Responses.unauthorized(response, callback, "the " + kind + " token is missing or wrong");
    return true;
  }
}
