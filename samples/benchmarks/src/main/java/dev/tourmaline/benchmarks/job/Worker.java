package dev.tourmaline.benchmarks.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A JVM of its own that does jobs, one after the other: told on its standard input, answered on its
 * standard output, one line each. Not thread-safe.
 */
public final class Worker implements AutoCloseable {

  private static final String ANSWER = "answer\t";

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  private Worker(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Starts a JVM with the class path of this one.
   *
   * @param options its options, such as {@code -Xmx1g}
   * @return the worker
   * @throws IOException if it cannot be started
   */
  public static Worker start(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Worker.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Worker(builder.start());
  }

  /** {@return the {@code java} that runs this} */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Tells it a job and does not wait.
   *
   * @param job what to do
   * @param told what it needs to know
   */
  public void begin(Job job, Values told) {
    orders.println(job + "\t" + told.line());
  }

  /**
   * Waits for the answer.
   *
   * @return what it measured
   * @throws IOException if it has failed
   */
  public Values await() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(ANSWER)) {
        return Values.parse(line.substring(ANSWER.length()));
      }
    }
    throw new IOException("a worker has ended without an answer; its message stands above");
  }

  /**
   * Does a job.
   *
   * @param job what to do
   * @param told what it needs to know
   * @return what it measured
   * @throws IOException if it has failed
   */
  public Values run(Job job, Values told) throws IOException {
    begin(job, told);
    return await();
  }

  @Override
  public void close() {
    orders.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The worker's own program.
   *
   * @param args none
   * @throws IOException if a job fails
   */
  public static void main(String[] args) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] parts = line.split("\t", 2);
      Job job = Job.valueOf(parts[0].toUpperCase(Locale.ROOT));
      System.out.println(ANSWER + job.run(Values.parse(parts[1])).line());
    }
  }
}
