package dev.tourmaline.benchmarks.figure;

import static dev.tourmaline.benchmarks.figure.Table.text;

import dev.tourmaline.benchmarks.figure.LatencyFigure.Latencies;
import dev.tourmaline.benchmarks.figure.SessionFigures.Idleness;
import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.benchmarks.workload.GeneratedStream;
import dev.tourmaline.benchmarks.workload.Scratch;
import dev.tourmaline.benchmarks.workload.Style;
import dev.tourmaline.benchmarks.workload.Workload;
import java.io.File;
import java.io.IOException;

/** A load of one's own choice, measured in this JVM. */
public record Load(Scratch scratch, GeneratedStream stream, Style style, int rules, int lanes) {

  /** {@return the table, with so many actions a second while latency is measured} */
  public Table measure(int rate, double seconds) throws IOException {
    Workload work = new Workload(style, rules, true, lanes, scratch.file("compiled"));
    File file = scratch.file(stream);
    Table table = new Table("measure", "value", "note");
    pace(table, "bytes to decision, live engine", "", () -> Runs.live(work, file));
    pace(table, "bytes to decision, replay", "", () -> Runs.replay(work, file));
    pace(table, "baseline: every token read", ", one thread", () -> Runs.tokens(file));
    String limits = ", one thread, no policy, time, sleep";
    pace(table, "baseline: plain Java by hand", limits, () -> Runs.plain(work, file));
    // A third of the stream opens the sessions, the rest comes at its pace.
    long opening = stream.totalActions() / 6;
    Latencies latencies =
        LatencyFigure.measure(work, file, opening, rate, Math.min(1, seconds), seconds);
    for (double percent : new double[] {50, 99, 99.9}) {
      table.row(
          "accept to decision p" + (percent == 99.9 ? "99.9" : Math.round(percent)),
          text("%s ms", LatencyFigure.millis(latencies.given(), percent)),
          text("at %s actions/s", latencies.rate()));
    }
    double awake = SessionFigures.weigh(work, stream, false).each();
    table.row("heap per live session", text("%s B", awake), "above the empty engine");
    double asleep = SessionFigures.weigh(work, stream, true).each();
    table.row("heap per sleeping session", text("%s B", asleep), "its keys included");
    Idleness idle = SessionFigures.leaveAlone(work, stream, Math.min(2, seconds), seconds);
    String there = idle.awake() + " sessions awake, nothing due";
    table.row("CPU while idle", Table.percent(idle.cores()) + " of a core", there);
    return table;
  }

  /** The second of two runs: the first one compiles. */
  private void pace(Table table, String what, String note, Job<Run> job) throws IOException {
    job.run();
    Run run = job.run();
    String perSecond = text("%s actions/s", stream.totalActions() / run.seconds());
    double perCpuSecond = stream.totalActions() / Math.max(1e-9, run.cpu());
    table.row(what, perSecond, text("%s per CPU second" + note, perCpuSecond));
  }

  @Override
  public String toString() {
    return "%,d sessions of %d actions, %d %s rules, %d lanes"
        .formatted(stream.sessions(), stream.actions(), rules, style, lanes);
  }
}
