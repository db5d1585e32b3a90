package dev.tourmaline.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a person is watching. */
final class Terminals {

  private Terminals() {}

  /** {@return whether a file descriptor of this process leads to a terminal that can go back} */
  static boolean isTerminal(int descriptor) {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // A system without /proc: the console is there if input and output are both a terminal. From
      // JDK 22 on it may be there without one, which costs a progress bar in a file.
      return System.console() != null;
    }
  }
}
