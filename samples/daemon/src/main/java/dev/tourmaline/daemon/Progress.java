package dev.tourmaline.daemon;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** A bar that shows how far a file has been read; on a terminal only. Thread-safe. */
final class Progress {

  private static final int WIDTH = 30;
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final double MEGABYTE = 1_000_000.0;

  private final boolean shown;
  private final PrintStream terminal;
  private final long total;
  private Stopwatch sinceDrawn = Stopwatch.started();
  private boolean drawn;

  private Progress(boolean shown, PrintStream terminal, long total) {
    this.shown = shown;
    this.terminal = terminal;
    this.total = total;
  }

  /** {@return a bar for so many bytes; with 0 it only counts} */
  static Progress of(Shell shell, long total) {
    return new Progress(shell.errIsTerminal(), shell.err(), total);
  }

  /** So many bytes have been read. */
  synchronized void at(long bytes) {
    if (!shown || (drawn && sinceDrawn.elapsed().compareTo(BETWEEN) < 0)) {
      return;
    }
    drawn = true;
    sinceDrawn = Stopwatch.started();
    terminal.print("\r" + line(bytes));
    terminal.flush();
  }

  private String line(long bytes) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
    double part = Math.min(1.0, (double) bytes / total);
    int full = (int) Math.round(part * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %.1f of %.1f MB",
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        part * 100,
        bytes / MEGABYTE,
        total / MEGABYTE);
  }

  /** Takes the bar away. */
  synchronized void end() {
    if (drawn) {
      terminal.print("\r" + " ".repeat(WIDTH + 40) + "\r");
      terminal.flush();
    }
  }
}
