package dev.tourmaline.engine.source;

/** Is told how a source fares. Called on the source's thread, in order; must not block. */
public interface SourceListener {

  /**
   * The source entered another state.
   *
   * @param source the source
   * @param state its new state
   */
  void stateChanged(EventSource source, SourceState state);

  /**
   * The source dropped something that is no frame, such as an over-long line, and went on.
   *
   * @param source the source
   * @param what the kind, for counting: a few words, the same for every drop of that kind
   */
  void dropped(EventSource source, String what);
}
