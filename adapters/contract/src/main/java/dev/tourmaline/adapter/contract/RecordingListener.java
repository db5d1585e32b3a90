package dev.tourmaline.adapter.contract;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a source tells of itself. Thread-safe. */
public final class RecordingListener implements SourceListener {

  private final List<SourceState> states = new CopyOnWriteArrayList<>();
  private final List<String> dropped = new CopyOnWriteArrayList<>();

  /** Makes a listener that was told nothing yet. */
  public RecordingListener() {}

  @Override
  public void stateChanged(EventSource source, SourceState state) {
    states.add(state);
  }

  @Override
  public void dropped(EventSource source, String what) {
    dropped.add(what);
  }

  /** {@return the states, oldest first} */
  public List<SourceState> states() {
    return List.copyOf(states);
  }

  /**
   * {@return the states of one kind, oldest first}
   *
   * @param kind the kind
   * @param <S> the kind
   */
  public <S extends SourceState> List<S> states(Class<S> kind) {
    return states.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** {@return what was dropped, one entry a drop, oldest first} */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }
}
