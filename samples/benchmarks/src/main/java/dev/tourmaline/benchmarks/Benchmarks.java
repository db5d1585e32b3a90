package dev.tourmaline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tourmaline.benchmarks.figure.Figure;
import dev.tourmaline.benchmarks.figure.Figure.Finding;
import dev.tourmaline.benchmarks.figure.Setup;
import dev.tourmaline.benchmarks.figure.Table;
import dev.tourmaline.workload.Behaviour;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Scratch;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Vocabulary;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program, which measures what the engine costs. Its commands are its methods. */
@Command(
    name = "benchmarks",
    scope = CommandLine.ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures what the engine costs in time and memory.")
public final class Benchmarks {

  private static final String VOCABULARY = "or closed, with few different texts";
  private static final String DAEMON = "samples/daemon/target/tourmaline.jar";

  private final PrintStream out;

  private Benchmarks(PrintStream out) {
    this.out = out;
  }

  /** Runs a command, as {@code --help} explains; JMH gets its own arguments as they are. */
  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("jmh")) {
      Main.main(Arrays.copyOfRange(args, 1, args.length));
    } else {
      System.exit(run(System.out, args));
    }
  }

  static int run(PrintStream out, String... args) {
    return commandLine(out).execute(args);
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new Benchmarks(out)).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(
      description = {
        "Measures the figures that the engine is held to, next to their targets. Ratios are taken"
            + " within one run, over several alternating rounds; the median counts.",
        "--sessions and --actions replace each figure's own numbers; generated streams stay in the"
            + " folder of --streams to be used again, or they go; --jvm, which may be repeated, is"
            + " a further option of the JVMs that are measured.%n"
      })
  int figures(
      @Parameters(arity = "0..*", description = "which: ${COMPLETION-CANDIDATES}; default all")
          Figure[] figures,
      @Option(names = "--sessions") Optional<Integer> sessions,
      @Option(names = "--actions", description = "of a session") Optional<Integer> actions,
      @Option(names = "--rounds", defaultValue = "3", description = "that count") int rounds,
      @Option(names = "--streams", paramLabel = "FOLDER") Optional<Path> streams,
      @Option(names = "--daemon", paramLabel = "JAR", defaultValue = DAEMON) File daemon,
      @Option(names = "--jvm", paramLabel = "OPTION") List<String> jvm,
      @Option(names = "--vocabulary", defaultValue = "open", description = VOCABULARY)
          Vocabulary vocabulary,
      @Option(names = "--rate", description = "in actions/s, of latency and hostile")
          Optional<Double> rate)
      throws IOException {
    boolean positive =
        Stream.of(sessions, actions, Optional.of(rounds), rate)
            .flatMap(Optional::stream)
            .allMatch(number -> number.doubleValue() > 0);
    if (!positive) {
      System.err.println("--sessions, --actions, --rounds and --rate must be positive");
      return CommandLine.ExitCode.USAGE;
    }
    out.println(Table.row("figure", "measure", "target", "reached", "numbers"));
    out.println(Table.row("---", "---", "---", "---", "---"));
    List<String> options = jvm == null ? List.of() : jvm;
    try (Scratch scratch = new Scratch(streams)) {
      Setup setup =
          new Setup(scratch, sessions, actions, rounds, daemon, options, vocabulary, rate);
      for (Figure figure : figures == null ? Figure.values() : figures) {
        for (Finding found : figure.measure(setup)) {
          out.println(
              Table.row(figure, found.measure(), found.target(), found.value(), found.detail()));
        }
      }
    }
    out.println(Table.machine());
    return 0;
  }

  @Command(description = "Writes a generated stream to standard output, one frame a line.")
  int generate(
      @Option(names = "--sessions", defaultValue = "1000") int sessions,
      @Option(names = "--actions", defaultValue = "12", description = "each") int actions,
      @Option(names = "--seed", defaultValue = "20260101") long seed,
      @Option(names = "--vocabulary", defaultValue = "open", description = VOCABULARY)
          Vocabulary vocabulary)
      throws IOException {
    new GeneratedStream(sessions, actions, seed, 0, vocabulary).writeTo(out);
    return 0;
  }

  @Command(description = "Writes generated rules to standard output.")
  int rules(
      @Option(names = "--rules", defaultValue = "50") int rules,
      @Option(names = "--style", defaultValue = "step", description = "or pattern") Style style,
      @Option(names = "--vocabulary", defaultValue = "open", description = VOCABULARY)
          Vocabulary vocabulary) {
    for (Behaviour behaviour : style.behaviours(rules, vocabulary)) {
      out.writeBytes((behaviour.drl() + "\n").getBytes(UTF_8));
    }
    out.flush();
    return 0;
  }

  /** Stands in the list of commands; see {@link #main}. */
  @Command(description = "Runs the JMH benchmarks; takes JMH's own arguments.")
  void jmh() {}
}
