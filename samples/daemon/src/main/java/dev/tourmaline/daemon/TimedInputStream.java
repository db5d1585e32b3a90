package dev.tourmaline.daemon;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * An input stream that measures the time since its first read; what came before was preparation.
 */
final class TimedInputStream extends FilterInputStream {

  private Optional<Stopwatch> first = Optional.empty();

  TimedInputStream(InputStream in) {
    super(in);
  }

  /** {@return the time since the first read; none if there was no read} */
  Duration since() {
    return first.map(Stopwatch::elapsed).orElse(Duration.ZERO);
  }

  @Override
  public int read() throws IOException {
    note();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    note();
    return super.read(bytes, offset, length);
  }

  private void note() {
    if (first.isEmpty()) {
      first = Optional.of(Stopwatch.started());
    }
  }
}
