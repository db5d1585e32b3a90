package dev.tourmaline.engine.listener;

import java.util.List;

/**
 * What stayed undone when an engine was closed.
 *
 * @param droppedEvents events that were accepted and not evaluated to their end; their stages have
 *     failed
 * @param undone what else, such as sinks that did not take their triggers, each in a sentence
 */
public record CloseReport(int droppedEvents, List<String> undone) {

  /** {@return whether everything accepted was evaluated and delivered, and everything is closed} */
  public boolean isComplete() {
    return droppedEvents == 0 && undone.isEmpty();
  }
}
