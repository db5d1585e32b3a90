package dev.tourmaline.daemon;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The process as a command sees it: the standard streams, the environment variables, and the
 * request to stop.
 *
 * @param in standard input
 * @param out standard output: what a command was asked for, nothing else
 * @param err standard error: logs, progress, faults
 * @param errIsTerminal whether a person watches standard error
 * @param environment the environment variables
 * @param onStop takes what is to be called when the program is asked to stop
 */
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean errIsTerminal,
    Map<String, String> environment,
    Consumer<Runnable> onStop) {

  static Shell ofThisProcess(ShutdownHook shutdownHook) {
    return new Shell(
        System.in,
        System.out,
        System.err,
        Terminals.isTerminal(2),
        System.getenv(),
        shutdownHook::onRequest);
  }
}
