package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.internal.drools.runtime.LostThreadError;
import dev.tourmaline.engine.trigger.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that one frame touches, with what each is offered: all of them are finished,
 * whatever is thrown in one of them.
 */
final class TouchedSessions {

  private final SessionCore core;
  private final long arrivedAt;
  private final long now;
  private final List<UserSession> touched = new ArrayList<>(1);
  private final List<List<Offer>> offers = new ArrayList<>(1);
  private @Nullable Throwable failure;

  TouchedSessions(SessionCore core, long arrivedAt, long now) {
    this.core = core;
    this.arrivedAt = arrivedAt;
    this.now = now;
  }

  /** When the frame came in, in milliseconds since the epoch. */
  Instant arrivedAt() {
    return Instant.ofEpochMilli(arrivedAt);
  }

  long now() {
    return now;
  }

  /** The offers of a session, which is begun with if it is new here. */
  List<Offer> offersOf(UserSession session) {
    if (session.touchedAs == UserSession.NOWHERE) {
      session.touchedAs = touched.size();
      touched.add(session);
      offers.add(new ArrayList<>(0));
      core.begin(session, now);
    }
    return offers.get(session.touchedAs);
  }

  /** Evaluates all of a frame, finishes its sessions, and throws what was thrown first. */
  void run(Runnable evaluation) {
    try {
      evaluation.run();
    } catch (LostThreadError e) {
      // The sessions belong to another thread now.
      throw e;
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    for (int i = 0; i < touched.size(); i++) {
      finish(i);
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void finish(int index) {
    touched.get(index).touchedAs = UserSession.NOWHERE;
    try {
      core.finish(touched.get(index), offers.get(index), now);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    failure = failure == null ? e : failure;
  }
}
