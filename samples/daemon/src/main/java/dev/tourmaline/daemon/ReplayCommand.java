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
import java.io.CharConversionException;
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
  private static final int MOST_LANES = 1_024;

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
      names = "--product",
      paramLabel = "ID",
      description =
          "replay the events of this product alone; of --config, it takes that product's rules and"
              + " policy. Needed where products have some of their own")
  private Optional<String> product = Optional.empty();

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
    if (lanes < 1 || lanes > MOST_LANES) {
      faults.add("--lanes is %d, it must be from 1 to %d".formatted(lanes, MOST_LANES));
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
              file ->
                  ConfigReader.readForReplay(file, shell.environment(), rulesOfConfig, product));
      if (rulesOfConfig) {
        rules = config.map(ConfigReader.ForReplay::rules).orElse(rules);
      }
    } catch (InvalidConfigException e) {
      faults.addAll(e.lines());
    }
  }

  private void checkOut(List<String> faults) {
    boolean standard = out.equals(STANDARD);
    if (!standard) {
      OutputFile.fault(Path.of(out))
          .ifPresent(fault -> faults.add("--out is '%s', %s".formatted(out, fault)));
    }
    InputFiles inputs = new InputFiles();
    inputs.add(Path.of(events.equals(STANDARD) ? "/dev/stdin" : events), "the file of the events");
    configFile.ifPresent(file -> inputs.add(file, "the configuration"));
    rulePaths.stream()
        .filter(path -> !path.startsWith("pack:"))
        .forEach(path -> inputs.add(Path.of(path), "a file of the rules"));
    inputs
        .lostTo(Path.of(standard ? "/dev/stdout" : out))
        .ifPresent(
            lost ->
                faults.add(
                    "--out is '%s', which is %s and would be lost; name another file"
                        .formatted(standard ? "standard output" : out, lost)));
  }

  @Override
  public int run() throws IOException {
    if (out.equals(STANDARD)) {
      return replay(new StandardOutput(shell.out()));
    }
    try (OutputFile file = OutputFile.open(Path.of(out))) {
      int code = replay(file.stream());
      if (code == Tourmaline.OK) {
        finish(file);
      }
      return code;
    }
  }

  private void finish(OutputFile file) {
    try {
      file.commit();
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private int replay(OutputStream output) throws IOException {
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
    product.ifPresent(builder::product);
    builder.prefilter(prefilter == Switch.ON).sleepAfterEveryFrame(alwaysSleep);
    if (policy == Switch.OFF) {
      builder.withoutPolicy();
    } else {
      config.map(ConfigReader.ForReplay::policy).ifPresent(builder::policy);
    }
    EngineStats summary;
    ReplayReport.Timing timing;
    Writer lines = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    try (InputStream in = input()) {
      summary = builder.build().run(in, offer -> write(lines, offer));
      flush(lines);
      timing = new ReplayReport.Timing(compiling.elapsed(), reading[0].elapsed());
    } catch (InvalidRulesException e) {
      e.problems().forEach(problem -> shell.err().println(problem));
      return Tourmaline.WRONG_INPUT;
    } catch (EOFException | ZipException e) {
      progress.end();
      return wrongEvents(
          "whose gzip data is damaged or breaks off (%s); get a whole file"
              .formatted(e.getMessage()));
    } catch (CharConversionException e) {
      progress.end();
      return wrongEvents("but " + e.getMessage());
    } finally {
      progress.end();
    }
    shell.err().print(ReplayReport.of(summary, timing, policy == Switch.ON));
    shell.err().flush();
    return ReplayReport.isNothingUnderstood(summary)
        ? wrongEvents("none of whose lines is a frame; it must hold one JSON object a line")
        : Tourmaline.OK;
  }

  private int wrongEvents(String fault) {
    shell.err().printf("%s: --events is '%s', %s%n", Tourmaline.NAME, events, fault);
    return Tourmaline.WRONG_INPUT;
  }

  private InputStream input() throws IOException {
    return events.equals(STANDARD) ? shell.in() : Files.newInputStream(Path.of(events));
  }

  private long size() throws IOException {
    return events.equals(STANDARD) ? 0 : Files.size(Path.of(events));
  }

  private void write(Writer lines, Offer offer) {
    try {
      lines.write(TriggerLine.of(offer));
      lines.write('\n');
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private void flush(Writer lines) {
    try {
      lines.flush();
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private UncheckedIOException notWritten(IOException e) {
    return new UncheckedIOException(
        out.equals(STANDARD)
            ? "the output cannot be written: " + e.getMessage()
            : "--out is '%s', which cannot be written: %s".formatted(out, e.getMessage()),
        e);
  }
}
