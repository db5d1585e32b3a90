package dev.tourmaline.adapter.contract;

import dev.tourmaline.engine.source.FrameReceiver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the frames it receives, and can play an engine that is full. Thread-safe.
 *
 * <p>While it is held, {@link #receive} blocks until a frame is let through, or until the source
 * interrupts it; a frame that was interrupted is not kept.
 */
public final class RecordingReceiver implements FrameReceiver {

  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final Semaphore permits = new Semaphore(UNLIMITED);
  private final AtomicInteger offered = new AtomicInteger();

  /** Makes a receiver that takes every frame at once. */
  public RecordingReceiver() {}

  @Override
  public void receive(byte[] utf8) {
    offered.incrementAndGet();
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    frames.add(new String(utf8, StandardCharsets.UTF_8));
  }

  /** {@return the frames that were taken, in order, as text} */
  public List<String> frames() {
    return List.copyOf(frames);
  }

  /** {@return how many frames were offered, those included that still block} */
  public int offered() {
    return offered.get();
  }

  /** From now on every frame blocks until it is let through. */
  public void hold() {
    permits.drainPermits();
  }

  /**
   * Lets frames through.
   *
   * @param count how many
   */
  public void letThrough(int count) {
    permits.release(count);
  }

  /** Lets all frames through again. */
  public void release() {
    permits.release(UNLIMITED);
  }
}
