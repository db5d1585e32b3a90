package dev.tourmaline.soak;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import dev.tourmaline.workload.GeneratedStream.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A source without a transport, which loses its stream when it is told to: what comes meanwhile is
 * lost, and what came just before is sent once more. Driven by one thread.
 */
final class InProcessSource implements EventSource {

  private static final Duration OUTAGE = Duration.ofSeconds(2);
  private static final int SENT_AGAIN = 64;

  private final Queue<byte[]> last = new ArrayDeque<>();
  private @Nullable FrameReceiver frames;
  private @Nullable SourceListener listener;
  private long lostSince;

  @Override
  public String name() {
    return "in-process";
  }

  @Override
  public String productId() {
    return "prod_shop";
  }

  @Override
  public void start(FrameReceiver receiver, SourceListener states) {
    frames = receiver;
    listener = states;
    states.stateChanged(this, new SourceState.Open());
  }

  /** Loses the stream for two simulated seconds. */
  void lose(long now) {
    lostSince = now;
    tell(new SourceState.Lost("the soak test cuts it", OUTAGE));
  }

  /** Delivers a frame, unless the stream is lost. */
  void send(Frame frame) {
    if (lostSince > 0) {
      if (frame.forwardedAt() < lostSince + OUTAGE.toMillis()) {
        return;
      }
      lostSince = 0;
      tell(new SourceState.Open());
      last.forEach(this::deliver);
    }
    byte[] bytes = frame.bytes();
    if (last.size() == SENT_AGAIN) {
      last.remove();
    }
    last.add(bytes);
    deliver(bytes);
  }

  private void deliver(byte[] bytes) {
    // What is delivered belongs to the engine.
    Objects.requireNonNull(frames).receive(bytes.clone());
  }

  private void tell(SourceState state) {
    Objects.requireNonNull(listener).stateChanged(this, state);
  }

  @Override
  public void close() {}
}
