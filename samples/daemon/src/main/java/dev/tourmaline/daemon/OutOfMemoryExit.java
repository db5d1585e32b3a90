package dev.tourmaline.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Ends the process when it has run out of memory: threads that died of it are not missed by anyone,
 * and what is left could answer probes for ever without evaluating anything. Needs no memory
 * itself.
 */
final class OutOfMemoryExit {

  /** The exit code. */
  static final int CODE = 3;

  private static final byte[] WORDS =
      "tourmaline: out of memory; it ends with 3, so that it can be started again. Give it more with -Xmx.\n"
          .getBytes(UTF_8);

  /** A chain of causes may have no end. */
  private static final int MOST_CAUSES = 20;

  private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

  private OutOfMemoryExit() {}

  /** Ends the process when any thread dies of a lack of memory. */
  static void install() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          endIf(e);
          System.err.println("tourmaline: thread " + thread.getName() + " ended with " + e);
        });
  }

  static void endIf(Throwable cause) {
    Throwable e = cause;
    for (int i = 0; i < MOST_CAUSES && e != null; i++) {
      if (e instanceof OutOfMemoryError) {
        end();
      }
      e = e.getCause();
    }
  }

  private static void end() {
    try {
      STDERR.write(WORDS);
    } catch (IOException e) {
      // Nobody reads it: the exit code has to do.
    } finally {
      Runtime.getRuntime().halt(CODE);
    }
  }
}
