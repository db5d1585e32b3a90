package dev.tourmaline.benchmarks.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** CPython's {@code json.loads} of every line of a file, on one core. */
public final class PythonRead {

  private static final String PROGRAM =
      """
      import json, sys, time
      wall, cpu = time.perf_counter(), time.process_time()
      with open(sys.argv[1], encoding="utf-8") as lines:
          for line in lines:
              json.loads(line)
      print(time.perf_counter() - wall, time.process_time() - cpu)
      """;

  private PythonRead() {}

  /**
   * What a read took.
   *
   * @param seconds in all
   * @param cpu of the processor
   */
  public record Taken(double seconds, double cpu) {}

  /**
   * Reads a file.
   *
   * @param file one frame a line
   * @return what it took, without the start of Python; empty where there is no {@code python3}
   * @throws IOException if Python fails
   */
  public static Optional<Taken> read(Path file) throws IOException {
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-c", PROGRAM, file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String answer =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    String[] taken = answer.split(" ");
    if (taken.length != 2) {
      throw new IOException("python3 gave '" + answer + "', not two times");
    }
    return Optional.of(new Taken(Double.parseDouble(taken[0]), Double.parseDouble(taken[1])));
  }
}
