package dev.tourmaline.benchmarks;

import dev.tourmaline.benchmarks.figure.Figure;
import dev.tourmaline.benchmarks.figure.Finding;
import dev.tourmaline.benchmarks.figure.Setup;
import dev.tourmaline.benchmarks.measure.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Prints figures that the engine is held to. */
@CommandLine.Command(
    name = "figures",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the figures that the engine is held to, next to their targets. Ratios are taken"
          + " within one run, over several alternating rounds; the median counts."
    })
final class FiguresCommand implements Callable<Integer> {

  @CommandLine.Parameters(
      paramLabel = "FIGURE",
      description = "which: $${COMPLETION-CANDIDATES}; default all of them",
      converter = FigureName.class)
  private List<Figure> figures = List.of(Figure.values());

  @CommandLine.Option(
      names = "--sessions",
      paramLabel = "N",
      description = "instead of each figure's own number")
  private Optional<Integer> sessions = Optional.empty();

  @CommandLine.Option(
      names = "--actions",
      paramLabel = "A",
      description = "actions of a session, instead of each figure's own number")
  private Optional<Integer> actions = Optional.empty();

  @CommandLine.Option(
      names = "--rounds",
      paramLabel = "K",
      description = "rounds that count, after one to warm up; default 3")
  private int rounds = 3;

  @CommandLine.Option(
      names = "--streams",
      paramLabel = "FOLDER",
      description = "where generated streams stay to be used again; default: they go")
  private Optional<Path> streams = Optional.empty();

  @CommandLine.Option(
      names = "--daemon",
      paramLabel = "JAR",
      description = "the daemon; default samples/daemon/target/tourmaline.jar")
  private Path daemon = Path.of("samples/daemon/target/tourmaline.jar");

  @CommandLine.Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "a further option of the JVMs that are measured; may be repeated")
  private List<String> jvm = List.of();

  private final PrintStream out;

  FiguresCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Table table = new Table("figure", "measure", "target", "reached", "numbers");
    try (Streams files = Streams.in(streams)) {
      Setup setup = new Setup(files, of(sessions), of(actions), rounds, daemon, jvm);
      for (Figure figure : figures) {
        System.err.println("measuring " + figure);
        for (Finding found : figure.measure(setup)) {
          System.err.println("  " + found.measure() + ": " + found.value());
          table.row(
              figure.toString(), found.measure(), found.target(), found.value(), found.detail());
        }
      }
    }
    out.print(table);
    out.println(Machine.line());
    return 0;
  }

  private static OptionalInt of(Optional<Integer> number) {
    return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
  }

  /** Reads a figure's name as it is shown. */
  private static final class FigureName implements CommandLine.ITypeConverter<Figure> {

    @Override
    public Figure convert(String name) {
      for (Figure figure : Figure.values()) {
        if (figure.toString().equals(name)) {
          return figure;
        }
      }
      throw new CommandLine.TypeConversionException(
          "'%s' is no figure; it must be one of %s".formatted(name, List.of(Figure.values())));
    }
  }
}
