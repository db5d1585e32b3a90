package dev.tourmaline.storefront;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers each session's actions for a short while and forwards them as one {@code actions} frame.
 * Thread-safe.
 */
final class ActionBatches {

  private final String productId;
  private final Duration window;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final Consumer<byte[]> forward;

  private final Map<String, List<CapturedAction>> open = new HashMap<>();
  private final Map<String, Integer> numbering = new HashMap<>();

  ActionBatches(
      String productId,
      Duration window,
      InstantSource clock,
      Scheduler scheduler,
      Consumer<byte[]> forward) {
    this.productId = productId;
    this.window = window;
    this.clock = clock;
    this.scheduler = scheduler;
    this.forward = forward;
  }

  /** Takes an action in; the first of a batch starts the window after which it is forwarded. */
  synchronized void add(CapturedAction action) {
    List<CapturedAction> batch = open.get(action.sessionId());
    if (batch == null) {
      batch = new ArrayList<>();
      open.put(action.sessionId(), batch);
      scheduler.after(window, () -> flush(action.sessionId()));
    }
    batch.add(action);
  }

  private synchronized void flush(String sessionId) {
    List<CapturedAction> batch = open.remove(sessionId);
    if (batch == null) {
      return;
    }
    batch.sort(Comparator.comparing(CapturedAction::at));
    int first = numbering.merge(sessionId, batch.size(), Integer::sum) - batch.size();
    forward.accept(WireFrames.actions(productId, batch, first, clock.instant()));
  }
}
