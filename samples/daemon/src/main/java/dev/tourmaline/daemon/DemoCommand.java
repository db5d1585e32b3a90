package dev.tourmaline.daemon;

import dev.tourmaline.daemon.logging.Logs;
import dev.tourmaline.storefront.Storefront;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** Runs the storefront. */
@CommandLine.Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Starts a small web app with a simulated connector: open its Billing page three times, with"
          + " another page in between, and the billing tour starts. Everything runs on this machine;"
          + " nothing else is needed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was asked to stop",
      "1:it failed, such as for a port that is taken",
      "2:the input is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tourmaline demo", "  tourmaline demo --port 8090"})
final class DemoCommand implements Command {

  @CommandLine.Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the port on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port = 8080;

  @CommandLine.Mixin private LogOption log = new LogOption();

  private final Shell shell;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    return port < 0 || port > 65_535
        ? List.of("--port is %d, it must be from 0 to 65535".formatted(port))
        : List.of();
  }

  @Override
  public int run() {
    Logs.informative(log.format(), shell.err());
    CompletableFuture<Void> stop = new CompletableFuture<>();
    shell.onStop().accept(() -> stop.complete(null));
    try (Storefront storefront = start()) {
      shell.out().println("The demo is at " + storefront.url());
      shell
          .out()
          .println(
              "Open its Billing page three times, with another page in between. Ctrl-C stops it.");
      stop.join();
    }
    return Tourmaline.OK;
  }

  private Storefront start() {
    try {
      return Storefront.start(port);
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          e.getMessage() + "; choose another port with --port", e.getCause());
    }
  }
}
