package dev.tourmaline.benchmarks.figure;

import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Scratch;
import dev.tourmaline.workload.Vocabulary;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What figures are measured with; the README explains these options of the command. */
public record Setup(
    Scratch scratch,
    Optional<Integer> sessions,
    Optional<Integer> actions,
    int rounds,
    File daemon,
    List<String> jvm,
    Vocabulary vocabulary,
    Optional<Double> rate) {

  Setup in(Vocabulary other) {
    return new Setup(scratch, sessions, actions, rounds, daemon, jvm, other, rate);
  }

  GeneratedStream stream(int usualSessions, int usualActions) {
    return GeneratedStream.of(
        sessions.orElse(usualSessions), actions.orElse(usualActions), vocabulary);
  }

  /** Step rules on the pages of the streams. */
  Workload steps(int rules, int lanes) {
    return Workload.steps(rules, lanes, vocabulary);
  }

  /** Starts a JVM of its own with so much heap, such as {@code 1g}. */
  Worker worker(String heap) throws IOException {
    List<String> options = new ArrayList<>(jvm);
    options.add("-Xmx" + heap);
    options.add("-XX:+ExitOnOutOfMemoryError");
    return new Worker(options);
  }

  /** Measures something in a JVM that ends then. */
  <T> T inWorker(String heap, Job<T> job) throws IOException {
    try (Worker worker = worker(heap)) {
      return worker.run(job);
    }
  }
}
