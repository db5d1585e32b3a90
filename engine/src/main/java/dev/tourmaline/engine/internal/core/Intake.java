package dev.tourmaline.engine.internal.core;

import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.internal.core.Counters.Of;
import java.util.function.Consumer;

/** The first stage of the pipeline: counts the results of decoding raw frames. Thread-safe. */
public final class Intake {

  private final Counters counters;
  private final Consumer<DecodeResult.Rejected> rejections;

  public Intake(Counters counters, Consumer<DecodeResult.Rejected> rejections) {
    this.counters = counters;
    this.rejections = rejections;
  }

  /** Counts one raw frame. */
  public void count(DecodeResult result) {
    counters.count(Of.FRAMES);
    if (result instanceof DecodeResult.Decoded decoded) {
      for (DecodeResult.Rejected rejected : decoded.rejectedActions()) {
        reject(rejected);
      }
      if (decoded.countDisagreed()) {
        counters.count(Of.COUNT_DISAGREED);
      }
    } else if (result instanceof DecodeResult.Rejected rejected) {
      reject(rejected);
    } else {
      counters.count(Of.IGNORED);
    }
  }

  private void reject(DecodeResult.Rejected rejected) {
    counters.reject(rejected.reason());
    rejections.accept(rejected);
  }
}
