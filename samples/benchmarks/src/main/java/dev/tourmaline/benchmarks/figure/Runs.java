package dev.tourmaline.benchmarks.figure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tourmaline.benchmarks.baseline.PlainMatcher;
import dev.tourmaline.benchmarks.workload.FrameFile;
import dev.tourmaline.benchmarks.workload.Workload;
import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.listener.EngineStats;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Scanner;

/** The ways from the frames of a file to decisions, or as far as a baseline goes. */
final class Runs {

  private static final String PYTHON =
      """
      import json, sys, time
      wall, cpu = time.perf_counter(), time.process_time()
      with open(sys.argv[1], encoding="utf-8") as lines:
          for line in lines:
              json.loads(line)
      print(time.perf_counter() - wall, time.process_time() - cpu)
      """;

  private Runs() {}

  /** Replays the file. The time runs from the first byte read, once the rules are compiled. */
  static Run replay(Workload load, File file) throws IOException {
    Stopwatch whole = new Stopwatch();
    Stopwatch[] reading = {whole};
    Replay replay =
        Replay.builder(load.ruleSet())
            .lanes(load.lanes())
            .compileCache(load.cache().toPath())
            .progress(bytes -> reading[0] = reading[0] == whole ? new Stopwatch() : reading[0])
            .build();
    try (InputStream in = new FileInputStream(file)) {
      EngineStats found = replay.run(in, offer -> {});
      return Run.of(whole.seconds() - reading[0].seconds(), reading[0], found);
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
      return Run.of(0, watch, feed.engine.stats());
    }
  }

  /**
   * Reads every JSON token, frame by frame, with the text of every value: the least that anybody
   * pays who reads the frames at all.
   */
  static Run tokens(File file) throws IOException {
    Stopwatch watch = new Stopwatch();
    long characters = 0;
    try (FrameFile frames = new FrameFile(file)) {
      while (frames.next()) {
        characters += charactersOf(frames);
      }
    }
    return new Run(0, watch.seconds(), watch.cpuSeconds(), 0, characters, 0);
  }

  private static long charactersOf(FrameFile frame) throws IOException {
    long characters = 0;
    try (JsonParser json = frame.json()) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          characters += json.getText().length();
        }
      }
    }
    return characters;
  }

  /** Looks for the behaviours in plain Java, by hand. */
  static Run plain(Workload load, File file) throws IOException {
    PlainMatcher matcher = new PlainMatcher(load.behaviours());
    Stopwatch watch = new Stopwatch();
    try (FrameFile frames = new FrameFile(file)) {
      matcher.read(frames);
    }
    double cpu = watch.cpuSeconds();
    return new Run(0, watch.seconds(), cpu, matcher.actions(), matcher.found(), 0);
  }

  /** Lets CPython read every line with {@code json.loads}; its own start does not count. */
  static Run python(File file) throws IOException {
    ProcessBuilder python = new ProcessBuilder("python3", "-c", PYTHON, file.getPath());
    Process process = python.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Scanner taken = new Scanner(process.getInputStream(), US_ASCII)) {
      return Run.of(Double.parseDouble(taken.next()), Double.parseDouble(taken.next()));
    }
  }
}
