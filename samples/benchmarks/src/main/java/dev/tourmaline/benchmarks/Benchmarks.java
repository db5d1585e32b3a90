package dev.tourmaline.benchmarks;

import dev.tourmaline.benchmarks.behaviour.Behaviour;
import dev.tourmaline.benchmarks.behaviour.RuleGenerator;
import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.stream.StreamGenerator;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine;

/** The program: measures what the engine costs. */
@CommandLine.Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Measures what the engine costs in time and memory.")
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs a command.
   *
   * @param args as {@code --help} explains
   */
  public static void main(String[] args) {
    System.exit(run(System.out, args));
  }

  static int run(PrintStream out, String... args) {
    return new CommandLine(new Benchmarks())
        .addSubcommand(new LoadCommand(out))
        .addSubcommand(new FiguresCommand(out))
        .addSubcommand(new Generate(out))
        .addSubcommand(new ShowRules(out))
        .addSubcommand(new Micro())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  /** Writes a stream. */
  @CommandLine.Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = "Writes a generated stream to standard output, one frame a line.")
  private static final class Generate implements Callable<Integer> {

    @CommandLine.Option(names = "--sessions", paramLabel = "N", description = "default 1000")
    private int sessions = 1_000;

    @CommandLine.Option(names = "--actions", paramLabel = "A", description = "each; default 12")
    private int actions = 12;

    @CommandLine.Option(names = "--seed", paramLabel = "S", description = "another stream")
    private long seed = StreamShape.DEFAULT_SEED;

    private final PrintStream out;

    Generate(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException {
      new StreamGenerator(new StreamShape(sessions, actions, seed, 0)).writeTo(out);
      out.flush();
      return 0;
    }
  }

  /** Writes rules. */
  @CommandLine.Command(
      name = "rules",
      mixinStandardHelpOptions = true,
      description = "Writes generated rules to standard output.")
  private static final class ShowRules implements Callable<Integer> {

    @CommandLine.Option(names = "--rules", paramLabel = "R", description = "default 50")
    private int rules = 50;

    @CommandLine.Option(
        names = "--style",
        paramLabel = "step|pattern",
        description = "default step")
    private Style style = Style.STEP;

    private final PrintStream out;

    ShowRules(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() {
      for (Behaviour behaviour : RuleGenerator.behaviours(style, rules)) {
        out.writeBytes((behaviour.drl() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      return 0;
    }
  }

  /** Runs JMH. */
  @CommandLine.Command(
      name = "jmh",
      description = "Runs the JMH benchmarks; takes JMH's own arguments.")
  private static final class Micro implements Callable<Integer> {

    @CommandLine.Unmatched private String[] arguments = {};

    @Override
    public Integer call() throws IOException {
      Main.main(arguments);
      return 0;
    }
  }
}
