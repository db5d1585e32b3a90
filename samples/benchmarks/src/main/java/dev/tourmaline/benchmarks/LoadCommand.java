package dev.tourmaline.benchmarks;

import dev.tourmaline.benchmarks.behaviour.Style;
import dev.tourmaline.benchmarks.job.Job;
import dev.tourmaline.benchmarks.job.Values;
import dev.tourmaline.benchmarks.measure.Table;
import dev.tourmaline.benchmarks.stream.StreamShape;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Puts a load of one's own choice on the engine and prints one table. */
@CommandLine.Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts a load on the engine and prints one table: pace, latency, heap of sessions awake and"
          + " asleep, CPU while idle, and two baselines on the same bytes."
    })
final class LoadCommand implements Callable<Integer> {

  @CommandLine.Option(names = "--sessions", paramLabel = "N", description = "default 10000")
  private int sessions = 10_000;

  @CommandLine.Option(names = "--actions", paramLabel = "A", description = "each; default 30")
  private int actions = 30;

  @CommandLine.Option(names = "--rules", paramLabel = "R", description = "default 50")
  private int rules = 50;

  @CommandLine.Option(names = "--style", paramLabel = "step|pattern", description = "default step")
  private Style style = Style.STEP;

  @CommandLine.Option(names = "--lanes", paramLabel = "L", description = "default 2")
  private int lanes = 2;

  @CommandLine.Option(
      names = "--rate",
      paramLabel = "N",
      description = "actions a second while latency is measured; default 20000")
  private int rate = 20_000;

  @CommandLine.Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long latency and idleness are measured; default 10")
  private double seconds = 10;

  @CommandLine.Option(
      names = "--streams",
      paramLabel = "FOLDER",
      description = "where generated streams stay to be used again; default: they go")
  private Optional<Path> streams = Optional.empty();

  private final PrintStream out;

  LoadCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    try (Streams files = Streams.in(streams)) {
      StreamShape shape = StreamShape.of(sessions, actions);
      Values told =
          Values.none()
              .with("style", style.name().toLowerCase(Locale.ROOT))
              .with("rules", rules)
              .with("lanes", lanes)
              .with("policy", "on")
              .with("offers", "some")
              .with("cache", files.cache())
              .with("sessions", sessions)
              .with("actions", actions)
              .with("file", files.file(shape))
              .with("seconds", seconds);
      out.println(
          "%,d sessions of %d actions, %d %s rules, %d lanes"
              .formatted(sessions, actions, rules, told.text("style"), lanes));
      out.print(measure(shape, told));
      out.println(Machine.line());
    }
    return 0;
  }

  private Table measure(StreamShape shape, Values told) throws IOException {
    Table table = new Table("measure", "value", "note");
    pace(table, "bytes to decision, live engine", shape, warm(Job.LIVE, told), "");
    pace(table, "bytes to decision, replay", shape, warm(Job.REPLAY, told), "");
    pace(table, "baseline: every token read", shape, warm(Job.TOKENS, told), "one thread");
    pace(
        table,
        "baseline: plain Java by hand",
        shape,
        warm(Job.PLAIN, told),
        "one thread, no policy, time, sleep");
    latency(table, told);
    Values awake = Job.HEAP.run(told.with("asleep", "no"));
    table.row("heap per live session", bytes(awake), "above the empty engine");
    Values asleep = Job.HEAP.run(told.with("asleep", "yes"));
    table.row("heap per sleeping session", bytes(asleep), "its keys included");
    Values idle = Job.IDLE.run(told.with("wait", Math.min(2, seconds)));
    table.row(
        "CPU while idle",
        Table.percent(idle.number("cores")) + " of a core",
        idle.text("awake") + " sessions awake, nothing due");
    return table;
  }

  /** The second of two runs: the first one compiles. */
  private static Values warm(Job job, Values told) throws IOException {
    job.run(told);
    return job.run(told);
  }

  private static void pace(Table table, String what, StreamShape shape, Values run, String note) {
    String cpu =
        Table.number(shape.totalActions() / Math.max(1e-9, run.number("cpu"))) + " per CPU second";
    table.row(
        what,
        Table.number(shape.totalActions() / run.number("seconds")) + " actions/s",
        note.isEmpty() ? cpu : cpu + ", " + note);
  }

  private void latency(Table table, Values told) throws IOException {
    // A third of the stream opens the sessions, the rest comes at its pace.
    Values latency =
        Job.LATENCY.run(
            told.with("opening", sessions * (long) actions / 6)
                .with("rate", rate)
                .with("warm", Math.min(1, seconds)));
    String note = "at %s actions/s".formatted(Table.number(latency.number("rate")));
    table.row("accept to decision p50", Table.number(latency.number("given50")) + " ms", note);
    table.row("accept to decision p99", Table.number(latency.number("given99")) + " ms", note);
    table.row("accept to decision p99.9", Table.number(latency.number("given999")) + " ms", note);
  }

  private static String bytes(Values heap) {
    return Table.number(heap.number("each")) + " B";
  }
}
