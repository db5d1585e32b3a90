package dev.tourmaline.adapter.http;

import dev.tourmaline.engine.log.ThrottledLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.LoggerFactory;

/**
 * The open connections of a server, bounded in number and in the time that they may keep it
 * waiting.
 *
 * <p>A client has 10 s for the head of its first request, 20 s for a body, and 30 s from an answer
 * to the end of the next head, however many bytes it sends meanwhile. Where one connection is too
 * many, the one that has kept the server waiting longest is closed, so that whoever sends a request
 * at once is served; what is being answered, such as a stream, stays. Each step takes constant
 * time. Thread-safe.
 */
final class OpenConnections extends AbstractLifeCycle implements Connection.Listener {

  private static final Duration SWEPT_EVERY = Duration.ofMillis(250);

  /** What a connection is waited for. */
  private enum Phase {
    FIRST_HEAD(Duration.ofSeconds(10)),
    NEXT_HEAD(Duration.ofSeconds(30)),
    BODY(Duration.ofSeconds(20));

    private final Duration limit;

    Phase(Duration limit) {
      this.limit = limit;
    }
  }

  private final int most;
  private final InstantSource clock;
  private final Scheduler scheduler;

  private final ThrottledLog log;

  private final Object lock = new Object();

  /** In order of their waiting, the longest first: when each is closed. */
  private final Map<Connection, Instant> waiting = new LinkedHashMap<>();

  private final Set<Connection> busy = new HashSet<>();

  OpenConnections(int most, InstantSource clock, Scheduler scheduler) {
    this.most = most;
    this.clock = clock;
    this.log = new ThrottledLog(LoggerFactory.getLogger(OpenConnections.class), clock);
    this.scheduler = scheduler;
  }

  int count() {
    synchronized (lock) {
      return waiting.size() + busy.size();
    }
  }

  /** How many of them the server waits for. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    List<Connection> surplus = new ArrayList<>(1);
    synchronized (lock) {
      waitFor(Phase.FIRST_HEAD, connection);
      while (waiting.size() + busy.size() > most && !waiting.isEmpty()) {
        Connection longest = waiting.keySet().iterator().next();
        waiting.remove(longest);
        surplus.add(longest);
      }
    }
    for (Connection each : surplus) {
      log.warn(
          "connections that had to make room",
          "More than {} connections: the one that has kept the server waiting longest is closed",
          most);
      close(each, "the server has no room for another connection");
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (lock) {
      waiting.remove(connection);
      busy.remove(connection);
    }
  }

  private void waitFor(Phase phase, Connection connection) {
    waiting.remove(connection);
    waiting.put(connection, clock.instant().plus(phase.limit));
  }

  /** A request's head has come; its body has not. */
  void headRead(Connection connection) {
    synchronized (lock) {
      if (waiting.containsKey(connection)) {
        waitFor(Phase.BODY, connection);
      }
    }
  }

  /** A whole request has come. */
  void requestRead(Connection connection) {
    synchronized (lock) {
      if (waiting.remove(connection) != null) {
        busy.add(connection);
      }
    }
  }

  /** A request is answered. */
  void answered(Connection connection) {
    synchronized (lock) {
      if (busy.remove(connection) || waiting.containsKey(connection)) {
        waitFor(Phase.NEXT_HEAD, connection);
      }
    }
  }

  @Override
  protected void doStart() {
    scheduleSweep();
  }

  private void scheduleSweep() {
    scheduler.schedule(this::sweepAndGoOn, SWEPT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweepAndGoOn() {
    try {
      sweep();
    } catch (RuntimeException e) {
      log.warn(
          "failures to close connections",
          "Closing connections that keep the server waiting failed; it is tried again",
          e);
    } finally {
      if (isRunning()) {
        scheduleSweep();
      }
    }
  }

  /** Closes what has kept the server waiting for too long. */
  void sweep() {
    Instant now = clock.instant();
    List<Connection> overdue = new ArrayList<>(0);
    synchronized (lock) {
      waiting.forEach(
          (connection, until) -> {
            if (!now.isBefore(until)) {
              overdue.add(connection);
            }
          });
      overdue.forEach(waiting::remove);
    }
    overdue.forEach(each -> close(each, "the client took too long to send its request"));
  }

  private static void close(Connection connection, String why) {
    connection.getEndPoint().close(new EofException(why));
  }
}
