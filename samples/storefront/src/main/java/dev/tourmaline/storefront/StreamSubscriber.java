package dev.tourmaline.storefront;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One open event stream. It never blocks whoever publishes: a subscriber that falls too far behind
 * loses events, as it does at the real connector.
 */
final class StreamSubscriber extends IteratingCallback {

  private final Response response;
  private final Callback done;
  private final int capacity;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean closing;
  private long lost;

  StreamSubscriber(Response response, Callback done, int capacity) {
    this.response = response;
    this.done = done;
    this.capacity = capacity;
  }

  /** Queues an event, or loses it when too many wait already. */
  void send(byte[] event) {
    synchronized (this) {
      if (closing) {
        return;
      }
      if (waiting.size() >= capacity) {
        lost++;
        return;
      }
      waiting.add(event);
    }
    iterate();
  }

  /** Ends the stream after what is being written now. */
  void end() {
    synchronized (this) {
      closing = true;
      waiting.clear();
    }
    iterate();
  }

  synchronized long lost() {
    return lost;
  }

  @Override
  protected Action process() {
    byte[] next;
    synchronized (this) {
      if (closing) {
        return Action.SUCCEEDED;
      }
      next = waiting.poll();
    }
    if (next == null) {
      return Action.IDLE;
    }
    response.write(false, ByteBuffer.wrap(next), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    done.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    done.failed(cause);
  }
}
