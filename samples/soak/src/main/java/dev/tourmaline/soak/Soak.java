package dev.tourmaline.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: runs the soak test, prints a row for each simulated hour, and judges them. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Runs an engine through a day of a busy site on an accelerated clock, and exits with 1 where"
            + " heap, threads, files or tables have not stayed flat.")
public final class Soak implements Callable<Integer> {

  @Option(names = "--hours", defaultValue = "24", description = "simulated")
  private double hours;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "simulated hours before, with sessions of one action that fill the tables")
  private double warmUp;

  @Option(names = "--rate", defaultValue = "2000", description = "actions per simulated second")
  private int rate;

  @Option(names = "--lanes", defaultValue = "2")
  private int lanes;

  @Option(names = "--rules", defaultValue = "50")
  private int rules;

  @Option(names = "--report-every", defaultValue = "60", description = "simulated minutes")
  private int reportEvery;

  @Option(names = "--seed", defaultValue = "20260101")
  private long seed;

  @Spec private CommandSpec spec;

  private final PrintStream out;

  @SuppressWarnings("NullAway.Init") // picocli injects the specification.
  private Soak(PrintStream out) {
    this.out = out;
  }

  /** Runs it, as {@code --help} explains. */
  public static void main(String[] args) {
    // What fails here fails on purpose and is counted; what no stage handles is said.
    String level = "org.slf4j.simpleLogger.";
    System.setProperty(level + "defaultLogLevel", "off");
    System.setProperty(level + "log.dev.tourmaline.engine.internal.live.UncaughtFaults", "error");
    System.exit(run(System.out, args));
  }

  static int run(PrintStream out, String... args) {
    return new CommandLine(new Soak(out)).setErr(new PrintWriter(out, true, UTF_8)).execute(args);
  }

  @Override
  public Integer call() throws IOException {
    int minutes = (int) Math.round(hours * 60);
    if (rate < 1 || rules < 1 || reportEvery < 1 || minutes < Verdict.LEAST_ROWS * reportEvery) {
      String needed =
          "--rate, --rules and --report-every must be at least 1, and --hours long enough for"
              + " %d rows: %s hours with one every %d min are too few";
      throw new ParameterException(
          spec.commandLine(), needed.formatted(Verdict.LEAST_ROWS, hours, reportEvery));
    }
    Duration warm = Duration.ofMinutes(Math.round(warmUp * 60));
    Visitors visitors = new Visitors(rate, warm, seed);
    try (Simulation simulation = new Simulation(visitors, new RuleVersions(rules), lanes, out)) {
      simulation.warmUp(warm);
      Verdict verdict = simulation.run(minutes, reportEvery);
      out.println("\n" + simulation.happened() + "\n" + verdict);
      return verdict.isFlat() ? 0 : 1;
    }
  }
}
