package dev.tourmaline.adapter.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Tells {@link OpenConnections} how far each request has come. */
final class ArrivingRequests extends Handler.Wrapper {

  private final OpenConnections connections;

  ArrivingRequests(OpenConnections connections, Handler handler) {
    super(handler);
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    request.addHttpStreamWrapper(stream -> new Answer(stream, connection));
    if (!hasBody(request.getHeaders())) {
      connections.requestRead(connection);
      return super.handle(request, response, callback);
    }
    connections.headRead(connection);
    return super.handle(new Body(request, connection), response, callback);
  }

  private static boolean hasBody(HttpFields headers) {
    return headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
  }

  private final class Body extends Request.Wrapper {

    private final Connection connection;

    Body(Request request, Connection connection) {
      super(request);
      this.connection = connection;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        connections.requestRead(connection);
      }
      return chunk;
    }
  }

  /** Notes the end of an answer before the connection looks for its next request. */
  private final class Answer extends HttpStream.Wrapper {

    private final Connection connection;

    Answer(HttpStream stream, Connection connection) {
      super(stream);
      this.connection = connection;
    }

    @Override
    public void succeeded() {
      connections.answered(connection);
      super.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
      connections.answered(connection);
      super.failed(cause);
    }
  }
}
