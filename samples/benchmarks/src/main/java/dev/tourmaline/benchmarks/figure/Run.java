package dev.tourmaline.benchmarks.figure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.benchmarks.baseline.PlainMatcher;
import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.workload.FrameFile;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Scanner;

/**
 * What one way from the frames of a file to decisions took, in seconds, and what it counted; a
 * baseline goes as far as it can.
 *
 * @param prepared before the first byte, while rules are compiled
 * @param seconds by the clock
 * @param cpu of processor time of the whole process
 */
record Run(double prepared, double seconds, double cpu, long actions, long offers, long triggers)
    implements Serializable {

  private static final String PYTHON =
      """
      import json, sys, time
      wall, cpu = time.perf_counter(), time.process_time()
      with open(sys.argv[1], encoding="utf-8") as lines:
          for line in lines:
              json.loads(line)
      print(time.perf_counter() - wall, time.process_time() - cpu)
      """;

  static Run replay(Workload load, File file) throws IOException {
    Stopwatch preparing = new Stopwatch();
    Replay replay = Replay.builder(load.compiled()).lanes(load.lanes()).build();
    double prepared = preparing.seconds();
    try (InputStream in = new FileInputStream(file)) {
      Stopwatch watch = new Stopwatch();
      return of(prepared, watch, replay.run(in, offer -> {}));
    }
  }

  /** Gives the frames to a running engine as fast as it takes them. */
  static Run live(Workload load, File file) throws IOException {
    try (Feed feed = new Feed(load, true);
        FrameFile frames = new FrameFile(file)) {
      Stopwatch watch = new Stopwatch();
      for (int i = 0; frames.next(); i++) {
        if (i % 32 == 0) {
          feed.advanceTo(frames.forwardedAt());
        }
        feed.put(frames.frame());
      }
      feed.await();
      return of(0, watch, feed.engine.stats());
    }
  }

  /** The run of an engine that ends now. */
  private static Run of(double prepared, Stopwatch watch, EngineStats stats) {
    double cpu = watch.cpuSeconds();
    long offers = sum(stats.offersByFlow());
    long triggers = sum(stats.triggersByFlow());
    return new Run(prepared, watch.seconds(), cpu, stats.actions(), offers, triggers);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** This run and another that began at the same time: when both are done, and what both took. */
  Run beside(Run other) {
    return new Run(0, Math.max(seconds, other.seconds), cpu + other.cpu, 0, 0, 0);
  }

  /**
   * Goes over the JSON of every frame and skips what it holds, so that no text is made: the least
   * that anybody pays who finds out where a frame's values are. What it counts are the frames.
   */
  static Run tokens(File file) throws IOException {
    Stopwatch watch = new Stopwatch();
    long[] objects = {0};
    FrameFile.parse(
        file,
        json -> {
          json.nextToken();
          objects[0] += json.skipChildren().currentToken() == JsonToken.END_OBJECT ? 1 : 0;
        });
    return new Run(0, watch.seconds(), watch.cpuSeconds(), 0, objects[0], 0);
  }

  /** Looks for the behaviours in plain Java, by hand. */
  static Run plain(Workload load, File file) throws IOException {
    PlainMatcher matcher = new PlainMatcher(load.behaviours());
    Stopwatch watch = new Stopwatch();
    FrameFile.parse(file, matcher::frame);
    double cpu = watch.cpuSeconds();
    return new Run(0, watch.seconds(), cpu, matcher.actions(), matcher.found(), 0);
  }

  /** Lets CPython read every line with {@code json.loads}; its own start does not count. */
  static Run python(File file) throws IOException {
    ProcessBuilder python = new ProcessBuilder("python3", "-c", PYTHON, file.getPath());
    Process process = python.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Scanner taken = new Scanner(process.getInputStream(), US_ASCII)) {
      return new Run(0, taken.nextDouble(), taken.nextDouble(), 0, 0, 0);
    }
  }
}
