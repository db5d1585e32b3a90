package dev.tourmaline.benchmarks.micro;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From a frame's bytes to an event; time for an action. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class DecodeBenchmark {

  private static final int SESSIONS = 100;
  private static final int ACTIONS = 20;

  /** How many different texts the frames hold. */
  @Param({"OPEN", "CLOSED"})
  public Vocabulary vocabulary = Vocabulary.OPEN;

  private final List<byte[]> frames = new ArrayList<>();
  private final EventDecoder decoder = EventDecoder.create();

  /** Makes frames of 2,000 actions in all. */
  @Setup
  public void generate() {
    GeneratedStream.of(SESSIONS, ACTIONS, vocabulary)
        .forEach(GeneratedStream.BEGIN, frame -> frames.add(frame.bytes()));
  }

  /** Decodes them. */
  @Benchmark
  @OperationsPerInvocation(SESSIONS * ACTIONS)
  public void decode(Blackhole sink) {
    for (byte[] frame : frames) {
      sink.consume(decoder.decode(frame));
    }
  }
}
