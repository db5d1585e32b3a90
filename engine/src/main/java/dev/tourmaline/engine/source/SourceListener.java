package dev.tourmaline.engine.source;

/** Callbacks on a source's states and drops, on the source's thread, in order; must not block. */
public interface SourceListener {

  /**
   * The source entered another state.
   *
   * @param source the source
   * @param state its new state
   */
  void stateChanged(EventSource source, SourceState state);

  /**
   * The source dropped input that is no frame, such as an over-long line, and continued.
   *
   * @param source the source
   * @param what the kind, for counting: a few words, the same for every drop of that kind
   */
  void dropped(EventSource source, String what);
}
