package dev.tourmaline.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process's shutdown hook: turns a signal (SIGTERM, SIGINT) into a request to stop, and lets
 * the program end with its own exit code once it has complied. A program that takes longer than
 * five seconds is ended.
 */
final class ShutdownHook {

  private static final Duration PATIENCE = Duration.ofMillis(4_900);

  private volatile Optional<Runnable> stop = Optional.empty();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /** {@return a hook that hears this process's signals} */
  static ShutdownHook ofThisProcess() {
    ShutdownHook hook = new ShutdownHook();
    Runtime.getRuntime().addShutdownHook(new Thread(hook::shutdown, "tourmaline-stop"));
    return hook;
  }

  void onRequest(Runnable request) {
    stop = Optional.of(request);
  }

  /** Ends the process; called by its main thread. */
  void exit(int code) {
    exitCode.complete(code);
    System.exit(code);
  }

  private void shutdown() {
    Optional<Runnable> request = stop;
    if (exitCode.isDone() || request.isEmpty()) {
      return;
    }
    request.get().run();
    // Only halt() can replace the exit code that stands for the signal.
    Runtime.getRuntime().halt(code());
  }

  private int code() {
    try {
      return exitCode.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.err.println("tourmaline: not everything could be brought to an end within 5 s");
      return Tourmaline.FAILED;
    } catch (ExecutionException e) {
      return Tourmaline.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Tourmaline.FAILED;
    }
  }
}
