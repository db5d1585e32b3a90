package dev.tourmaline.benchmarks.figure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The figures, in the order of their table; the README says what each measures. */
public enum Figure {
  OPEN(PaceFigures::open),
  REPLAY(PaceFigures::replay),
  DECISION(PaceFigures::decision),
  RULES(PaceFigures::rules),
  LANES(PaceFigures::lanes),
  HEAP_LIVE(SessionFigures::live),
  HEAP_ASLEEP(SessionFigures::asleep),
  WAKING(SessionFigures::waking),
  CAPACITY(SessionFigures::capacity),
  IDLE(SessionFigures::idle),
  PATTERN(SessionFigures::pattern),
  LATENCY(LatencyFigure::latency),
  HOSTILE(LatencyFigure::hostile),
  START(StartFigure::start);

  private final Measure measure;

  Figure(Measure measure) {
    this.measure = measure;
  }

  private interface Measure {
    List<Finding> with(Setup setup) throws IOException;
  }

  /** One line of the table: what was measured, what to reach, what was, the numbers behind it. */
  public record Finding(String measure, String target, String value, String detail) {

    Finding with(String more) {
      return new Finding(measure, target, value, detail + more);
    }
  }

  /** Measures it; what cannot be measured here is a finding, too. */
  public List<Finding> measure(Setup setup) {
    try {
      return measure.with(setup);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).strip().replace('\n', ' ');
      return List.of(new Finding("", "", "not measured", reason));
    }
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
