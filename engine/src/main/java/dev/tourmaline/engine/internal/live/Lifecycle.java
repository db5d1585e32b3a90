package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lifecycle of an engine's stages. Starts them downstream first (sinks, lanes, sources) and
 * stops them upstream first, each by a deadline of its own; time that one stage leaves goes to the
 * next. Thread-safe.
 */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private static final Duration SOURCES = Duration.ofSeconds(1);
  private static final Duration LANES = Duration.ofSeconds(3);
  private static final Duration SINKS = Duration.ofSeconds(1);

  private final List<EventSource> sources;
  private final SourceOutages outages;
  private final Lanes lanes;
  private final Watchdog watchdog;
  private final Publisher publisher;
  private final ReadWriteLock state = new ReentrantReadWriteLock();
  private boolean closed;

  Lifecycle(
      List<EventSource> sources,
      SourceOutages outages,
      Lanes lanes,
      Watchdog watchdog,
      Publisher publisher) {
    this.sources = sources;
    this.outages = outages;
    this.lanes = lanes;
    this.watchdog = watchdog;
    this.publisher = publisher;
  }

  void start(FrameReceiver frames) {
    publisher.start();
    lanes.start();
    watchdog.start();
    sources.forEach(source -> source.start(frame -> receive(frames, frame), outages));
  }

  /** Drops a frame that arrives while its source is being closed. */
  private static void receive(FrameReceiver frames, byte[] frame) {
    try {
      frames.receive(frame);
    } catch (IllegalStateException e) {
      LOG.debug("a frame came while its source was being closed: {}", e.getMessage());
    }
  }

  /**
   * Calls something while the engine is open; it is not closed meanwhile.
   *
   * @return its answer
   * @throws IllegalStateException if the engine is closed
   */
  <T> T whileOpen(Supplier<T> call) {
    state.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      return call.get();
    } finally {
      state.readLock().unlock();
    }
  }

  /** Stops all stages, in five seconds at most. Doing it again does nothing. */
  void close() {
    Deadline forSources = Deadline.in(SOURCES);
    Deadline forLanes = forSources.plus(LANES);
    sources.forEach(Lifecycle::close);
    state.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      state.writeLock().unlock();
    }
    try {
      lanes.close(forLanes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close(forLanes.plus(SINKS));
  }

  private static void close(EventSource source) {
    try {
      source.close();
    } catch (RuntimeException e) {
      LOG.warn("source {} failed to close: {}", source.name(), e.toString());
    }
  }
}
