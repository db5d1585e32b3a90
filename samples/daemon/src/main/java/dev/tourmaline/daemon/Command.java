package dev.tourmaline.daemon;

import java.io.IOException;
import java.util.List;

/** A subcommand: its input is checked first, then it runs. */
interface Command {

  /** {@return what is wrong with the input, each a sentence; if any, the command does not run} */
  List<String> faults();

  /**
   * Does what the command is for.
   *
   * @return the exit code
   * @throws IOException if a file or stream failed
   */
  int run() throws IOException;
}
