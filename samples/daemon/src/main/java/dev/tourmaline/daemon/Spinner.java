package dev.tourmaline.daemon;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows that something is under way, and for how long; on a terminal only. */
final class Spinner implements AutoCloseable {

  private static final String[] FRAMES = {"|", "/", "-", "\\"};
  private static final long BETWEEN_MILLIS = 120;

  private final Shell shell;
  private final String what;
  private final Stopwatch watch = Stopwatch.started();
  private final ScheduledExecutorService timer;
  private int frame;

  private Spinner(Shell shell, String what) {
    this.shell = shell;
    this.what = what;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tourmaline-spinner");
              thread.setDaemon(true);
              return thread;
            });
  }

  static Spinner start(Shell shell, String what) {
    Spinner spinner = new Spinner(shell, what);
    if (shell.errIsTerminal()) {
      spinner.timer.scheduleAtFixedRate(spinner::draw, 0, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
    }
    return spinner;
  }

  private synchronized void draw() {
    if (!timer.isShutdown()) {
      shell.err().print("\r" + FRAMES[frame++ % FRAMES.length] + " " + text());
      shell.err().flush();
    }
  }

  private String text() {
    return what + ", " + watch.elapsed().toSeconds() + " s";
  }

  /** Takes the spinner away. Calling it again does nothing. */
  synchronized void stop() {
    boolean shown = shell.errIsTerminal() && !timer.isShutdown();
    timer.shutdownNow();
    if (shown) {
      shell.err().print("\r" + " ".repeat(text().length() + 4) + "\r");
      shell.err().flush();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
