package dev.tourmaline.daemon;

import dev.tourmaline.engine.listener.EngineListener;
import java.util.concurrent.CompletableFuture;

/** Stops the daemon once its engine cannot promise to go on, so that its supervisor restarts it. */
final class FatalEngine implements EngineListener {

  private final CompletableFuture<Daemon.StopReason> stop;

  FatalEngine(CompletableFuture<Daemon.StopReason> stop) {
    this.stop = stop;
  }

  @Override
  public void fatal(String why, Throwable cause) {
    OutOfMemoryExit.endIf(cause);
    stop.complete(new Daemon.StopReason.EngineFailed(why));
  }
}
