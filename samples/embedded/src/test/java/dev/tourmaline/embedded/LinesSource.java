package dev.tourmaline.embedded;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A source that reads frames from a list and then ends. */
final class LinesSource implements EventSource {

  private final List<String> lines;
  private final Thread thread = new Thread(this::run, "lines");
  private volatile boolean closed;
  private volatile FrameReceiver frames = utf8 -> {};

  LinesSource(List<String> lines) {
    this.lines = lines;
  }

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public String productId() {
    return "prod_abc";
  }

  @Override
  public void start(FrameReceiver receiver, SourceListener listener) {
    frames = receiver;
    listener.stateChanged(this, new SourceState.Open());
    thread.start();
  }

  private void run() {
    for (String line : lines) {
      if (!closed) {
        frames.receive(line.getBytes(StandardCharsets.UTF_8)); // blocks while the engine is full
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
