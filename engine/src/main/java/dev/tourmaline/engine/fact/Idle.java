package dev.tourmaline.engine.fact;

import dev.tourmaline.engine.session.SessionKey;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The visitor has done nothing for a while: the session clock has reached the newest action's time
 * plus a duration that some rule names with {@link #reached}.
 */
@Role(Role.Type.EVENT)
@Timestamp("at")
public final class Idle extends SessionFact {

  private final long duration;

  /**
   * Makes the fact. Called by the engine.
   *
   * @param session whose it is
   * @param userId the session's user, or empty text
   * @param history the session's history
   * @param at when it came due, in milliseconds since the epoch
   * @param duration how long nothing has happened, in milliseconds
   */
  public Idle(SessionKey session, String userId, History history, long at, long duration) {
    super(session, userId, history, at, history.currentPathId());
    this.duration = duration;
  }

  /**
   * {@return whether this is the moment at which nothing has happened for just this long}
   *
   * @param duration how long, such as {@code 2m}
   */
  public boolean reached(String duration) {
    return Windows.millis(duration) == this.duration;
  }

  /** {@return how long nothing has happened, in seconds} */
  public double getSeconds() {
    return duration / 1000.0;
  }

  @Override
  public String identity() {
    return "idle " + duration + " at " + getAt();
  }

  @Override
  public String toString() {
    return "Idle[%s s on %s]".formatted(getSeconds(), getPath());
  }
}
