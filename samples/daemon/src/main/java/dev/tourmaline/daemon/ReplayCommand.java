package dev.tourmaline.daemon;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.InvalidConfigException;
import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.InvalidRulesException;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.sink.TriggerLine;
import dev.tourmaline.engine.trigger.Offer;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import picocli.CommandLine;

/** Runs recorded events through the rules. */
@CommandLine.Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Runs recorded events through the rules, in event time, and prints the tours that"
          + " would have started: one line of JSON each, in order of time, the same bytes on every"
          + " run. A summary follows on standard error.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the events were replayed",
      "1:it failed",
      "2:the input or the configuration is wrong, or the rules have errors"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline replay --rules ./rules --events last-week.jsonl.gz --out tours.jsonl",
      "  tourmaline replay --config tourmaline.yaml --events last-week.jsonl.gz",
      "  tourmaline replay --rules pack:navigation --events - --policy off < events.jsonl",
      "",
      "Events are the connector's frames, one JSON object a line, plain or gzip."
    })
final class ReplayCommand implements Command {

  /** On or off, as people type it. */
  enum Switch {
    ON,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String STANDARD = "-";

  @CommandLine.Option(
      names = "--rules",
      arity = "1..*",
      paramLabel = "PATH",
      description = RulePaths.HELP + " Default: the rules of --config")
  private List<String> rulePaths = new ArrayList<>();

  @CommandLine.Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "the events, plain or gzip; - is standard input")
  private String events = "";

  @CommandLine.Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the lines go; default standard output")
  private String out = STANDARD;

  @CommandLine.Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "a configuration of 'run': tours are admitted by its policy, and without --rules its rules"
            + " are used. Streams, ports and secrets in it are not needed. Default: the default"
            + " policy (a flow once per user, 30 minutes between tours, two a day)"
      })
  private Optional<Path> configFile = Optional.empty();

  @CommandLine.Option(
      names = "--policy",
      paramLabel = "on|off",
      description =
          "on: the tours that the policy would admit. off: every tour that the rules offer."
              + " Default: on")
  private Switch policy = Switch.ON;

  @CommandLine.Option(
      names = "--lanes",
      paramLabel = "N",
      description =
          "worker threads; the outcome is the same with any number. Default: the processors")
  private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors());

  @CommandLine.Option(
      names = "--prefilter",
      paramLabel = "on|off",
      description =
          "off: insert every action into Drools, even where no rule could match it. The outcome is"
              + " the same. Default: on")
  private Switch prefilter = Switch.ON;

  @CommandLine.Option(
      names = "--always-sleep",
      description =
          "serialise and restore every session after every frame, as happens to quiet sessions in"
              + " production. The outcome is the same; it takes longer")
  private boolean alwaysSleep;

  private final Shell shell;

  private Optional<ConfigReader.ForReplay> config = Optional.empty();
  private RuleSet rules = RuleSet.empty();

  ReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    readRulesAndPolicy(faults);
    if (!events.isEmpty() && !events.equals(STANDARD)) {
      if (Files.isDirectory(Path.of(events))) {
        faults.add("--events is '%s', a folder; it must be a file or -".formatted(events));
      } else if (!Files.isReadable(Path.of(events))) {
        faults.add("--events is '%s', which is no file that can be read".formatted(events));
      }
    }
    checkOut(faults);
    if (lanes < 1) {
      faults.add("--lanes is %d, it must be at least 1".formatted(lanes));
    }
    if (!faults.isEmpty()) {
      faults.addAll(ValidateCommand.errors(rules));
    }
    return faults;
  }

  private void readRulesAndPolicy(List<String> faults) {
    RulePaths read = RulePaths.read(rulePaths);
    rules = read.rules();
    read.faults().forEach(fault -> faults.add("--rules: " + fault.message()));
    boolean rulesOfConfig = rulePaths.isEmpty();
    if (rulesOfConfig && configFile.isEmpty()) {
      faults.add("rules are missing; add --rules PATH, or --config FILE for those it names");
    }
    try {
      config =
          configFile.map(
              file -> ConfigReader.readForReplay(file, shell.environment(), rulesOfConfig));
      if (rulesOfConfig) {
        rules = config.map(ConfigReader.ForReplay::rules).orElse(rules);
      }
    } catch (InvalidConfigException e) {
      faults.addAll(e.lines());
    }
  }

  private void checkOut(List<String> faults) {
    if (out.equals(STANDARD)) {
      return;
    }
    Path file = Path.of(out).toAbsolutePath();
    Path folder = file.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      faults.add("--out is '%s', but there is no folder %s".formatted(out, folder));
    } else if (Files.isDirectory(file)) {
      faults.add("--out is '%s', a folder; it must be a file".formatted(out));
    } else if (!events.isEmpty() && file.equals(Path.of(events).toAbsolutePath())) {
      faults.add("--out is '%s', the file of the events; name another".formatted(out));
    }
  }

  @Override
  public int run() throws IOException {
    Progress progress = Progress.of(shell, size());
    Replay.Builder builder = Replay.builder(rules).lanes(lanes);
    Stopwatch compiling = Stopwatch.started();
    Stopwatch[] reading = {compiling};
    builder.progress(
        bytes -> {
          // Rules are compiled before the first byte is read.
          reading[0] = reading[0] == compiling ? Stopwatch.started() : reading[0];
          progress.at(bytes);
        });
    CacheFolder.find(shell.environment()).ifPresent(builder::compileCache);
    builder.prefilter(prefilter == Switch.ON).sleepAfterEveryFrame(alwaysSleep);
    if (policy == Switch.OFF) {
      builder.withoutPolicy();
    } else {
      config.map(ConfigReader.ForReplay::policy).ifPresent(builder::policy);
    }
    EngineStats summary;
    ReplayReport.Timing timing;
    try (InputStream in = input();
        Writer lines =
            new BufferedWriter(new OutputStreamWriter(output(), StandardCharsets.UTF_8))) {
      summary = builder.build().run(in, offer -> write(lines, offer));
      timing = new ReplayReport.Timing(compiling.elapsed(), reading[0].elapsed());
    } catch (InvalidRulesException e) {
      e.problems().forEach(problem -> shell.err().println(problem));
      return Tourmaline.WRONG_INPUT;
    } catch (EOFException | ZipException e) {
      progress.end();
      shell
          .err()
          .printf(
              "%s: --events is '%s', whose gzip data is damaged or breaks off (%s); get a whole"
                  + " file%n",
              Tourmaline.NAME, events, e.getMessage());
      return Tourmaline.WRONG_INPUT;
    } finally {
      progress.end();
    }
    shell.err().print(ReplayReport.of(summary, timing, policy == Switch.ON));
    shell.err().flush();
    return Tourmaline.OK;
  }

  private InputStream input() throws IOException {
    return events.equals(STANDARD) ? shell.in() : Files.newInputStream(Path.of(events));
  }

  private long size() throws IOException {
    return events.equals(STANDARD) ? 0 : Files.size(Path.of(events));
  }

  private OutputStream output() throws IOException {
    return out.equals(STANDARD)
        ? new StandardOutput(shell.out())
        : Files.newOutputStream(Path.of(out));
  }

  private static void write(Writer lines, Offer offer) {
    try {
      lines.write(TriggerLine.of(offer));
      lines.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the output cannot be written: " + e.getMessage(), e);
    }
  }
}
