package dev.tourmaline.daemon;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.DaemonConfig;
import dev.tourmaline.daemon.config.InvalidConfigException;
import dev.tourmaline.daemon.logging.Logs;
import dev.tourmaline.engine.rule.InvalidRulesException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs the daemon. */
@CommandLine.Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Reads the streams of your products, evaluates the rules, and starts tours in browsers, until"
          + " it is asked to stop (SIGTERM or Ctrl-C). Events that it has accepted by then are evaluated first.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was asked to stop",
      "1:it failed, a stream ended for good, or rules that do not return took all its threads",
      "2:the configuration or a rule is wrong; every fault is listed",
      "3:it ran out of memory"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline run --config tourmaline.yaml",
      "  tourmaline run --config tourmaline.yaml --log json",
      "",
      "The least that tourmaline.yaml holds:",
      "",
      "  products:",
      "    - id: prod_abc",
      "      stream: {url: \"https://connector.example.com/stream/prod_abc\", token: \"$${TOKEN}\"}",
      "  rules: [./rules]",
      "",
      "With browsers, and a port for operators:",
      "",
      "  http:   {port: 8081, session_secret: \"$${SESSION_SECRET}\", cors: [\"https://app.example.com\"]}",
      "  admin:  {port: 9090}",
      "  sinks:  [{type: log}, {type: jsonl, file: triggers.jsonl}, {type: browser, ttl: 30s}]",
      "  policy: {once_per: user, between_tours: 30m, per_user_per_day: 2}",
      "",
      "$${NAME} is an environment variable, $${file:PATH} a file that is read again when it changes."
    })
final class RunCommand implements Command {

  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @CommandLine.Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "the configuration, in YAML; paths in it start from its folder")
  private Optional<Path> config = Optional.empty();

  @CommandLine.Mixin private LogOption logOption = new LogOption();

  private final Shell shell;

  private Optional<DaemonConfig> read = Optional.empty();

  RunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    try {
      read = config.map(file -> ConfigReader.read(file, shell.environment()));
      return List.of();
    } catch (InvalidConfigException e) {
      return e.lines();
    }
  }

  @Override
  public int run() {
    Logs.informative(logOption.format(), shell.err());
    OutOfMemoryExit.install();
    CompletableFuture<Daemon.StopReason> stop = new CompletableFuture<>();
    shell.onStop().accept(() -> stop.complete(new Daemon.StopReason.Requested()));
    Daemon.StopReason reason;
    try (Daemon daemon = Daemon.start(read.orElseThrow(), stop)) {
      reason = daemon.awaitStop();
    } catch (InvalidRulesException e) {
      e.problems().forEach(problem -> shell.err().println(problem));
      return Tourmaline.WRONG_INPUT;
    }
    if (reason instanceof Daemon.StopReason.StreamEnded stream) {
      log.error("{}", stream.message());
      return Tourmaline.FAILED;
    }
    if (reason instanceof Daemon.StopReason.EngineFailed engine) {
      log.error("{}; it ends, so that it can be started again", engine.message());
      return Tourmaline.FAILED;
    }
    return Tourmaline.OK;
  }
}
