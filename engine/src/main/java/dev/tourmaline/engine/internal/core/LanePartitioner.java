package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import java.util.List;

/**
 * The hash partitioner of events over lanes, keyed by session, so that one lane evaluates all of a
 * session in order. The hash has a key of its own, so that no choice of ids fills one lane. Nearly
 * every event is of one session; immutable and thread-safe.
 */
public final class LanePartitioner {

  /** Stands for the lane of a batch whose actions belong to several. */
  public static final int SEVERAL_LANES = -1;

  private final KeyedHash hash = KeyedHash.random();
  private final int lanes;

  /**
   * Partitions over some lanes.
   *
   * @param lanes how many, at least 1
   */
  public LanePartitioner(int lanes) {
    this.lanes = lanes;
  }

  /** {@return the lane of a session, counted from 0} */
  public int laneOf(String sessionId) {
    return lanes == 1 ? 0 : (int) ((hash.of(sessionId) >>> Integer.SIZE) * lanes >>> Integer.SIZE);
  }

  /** {@return the lane that all of an event belongs to, or {@link #SEVERAL_LANES}} */
  public int laneOf(StreamEvent event) {
    if (lanes == 1) {
      return 0;
    }
    return event instanceof ActionsEvent batch ? laneOf(batch) : laneOf(Routing.sessionId(event));
  }

  private int laneOf(ActionsEvent batch) {
    String before = "";
    int lane = 0;
    for (int i = 0; i < batch.actions().size(); i++) {
      String session = Routing.sessionId(batch, batch.actions().get(i));
      if (i > 0 && session.equals(before)) {
        continue;
      }
      int own = laneOf(session);
      if (i > 0 && own != lane) {
        return SEVERAL_LANES;
      }
      lane = own;
      before = session;
    }
    return lane;
  }

  /**
   * {@return the part of a batch over several lanes that belongs to one, perhaps without actions}
   */
  public ActionsEvent partOf(StreamEvent event, int lane) {
    ActionsEvent batch = (ActionsEvent) event;
    List<UiAction> own =
        batch.actions().stream()
            .filter(action -> laneOf(Routing.sessionId(batch, action)) == lane)
            .toList();
    return batch.withActions(own);
  }
}
