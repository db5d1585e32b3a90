package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.fact.Dwell;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.fact.TimedFact;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePath;
import dev.tourmaline.engine.session.SessionKey;
import java.util.Locale;

/** The fact of a timer: a duration has passed by the session clock. */
public abstract sealed class ElapsedFact extends HistoryFact implements TimedFact {

  private final long duration;

  private ElapsedFact(
      SessionKey session, String userId, History history, long at, long duration, PagePath path) {
    super(session, userId, history, at, path);
    this.duration = duration;
  }

  @Override
  public boolean reached(String duration) {
    return WindowCache.millis(duration) == this.duration;
  }

  @Override
  public double getSeconds() {
    return duration / 1000.0;
  }

  @Override
  public String identity() {
    return type().getSimpleName().toLowerCase(Locale.ROOT) + " " + duration + " at " + getAt();
  }

  @Override
  public String toString() {
    return "%s[%s s on %s]".formatted(type().getSimpleName(), getSeconds(), getPath());
  }

  /** Nothing has happened for the duration. */
  public static final class OfIdling extends ElapsedFact implements Idle {

    public OfIdling(SessionKey session, String userId, History history, long at, long duration) {
      this(session, userId, history, at, duration, history.currentPath());
    }

    /** Makes one of the past, when the visitor was on a page. */
    public OfIdling(
        SessionKey session, String userId, History history, long at, long duration, PagePath path) {
      super(session, userId, history, at, duration, path);
    }

    @Override
    public Class<Idle> type() {
      return Idle.class;
    }
  }

  /** The current visit has lasted for the duration. */
  public static final class OfDwelling extends ElapsedFact implements Dwell {

    public OfDwelling(SessionKey session, String userId, History history, long at, long duration) {
      this(session, userId, history, at, duration, history.currentPath());
    }

    /** Makes one of the past, when the visitor was on a page. */
    public OfDwelling(
        SessionKey session, String userId, History history, long at, long duration, PagePath path) {
      super(session, userId, history, at, duration, path);
    }

    @Override
    public Class<Dwell> type() {
      return Dwell.class;
    }
  }
}
