package dev.tourmaline.benchmarks.figure;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own that does jobs, one after the other: they reach its standard input serialized,
 * what they measured comes back by its standard output. Not thread-safe.
 */
public final class Worker implements AutoCloseable {

  private final Process process;
  private final ObjectOutputStream orders;
  private final ObjectInputStream answers;

  /** Something to measure: a lambda over serializable values, with a serializable result. */
  interface Job<T> extends Serializable {
    T run() throws IOException;
  }

  /** Starts a JVM with the class path of this one and options such as {@code -Xmx1g}. */
  Worker(List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    orders = new ObjectOutputStream(process.getOutputStream());
    answers = new ObjectInputStream(process.getInputStream());
  }

  /** The {@code java} that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  <T> T run(Job<T> job) throws IOException {
    begin(job);
    return await(job);
  }

  /** Tells it a job and does not wait for what it measures. */
  void begin(Job<?> job) throws IOException {
    orders.writeObject(job);
    orders.flush();
  }

  /** Waits for what the job measures that was begun first and not awaited yet. */
  @SuppressWarnings("unchecked")
  <T> T await(Job<T> job) throws IOException {
    try {
      return (T) answers.readObject();
    } catch (EOFException | ClassNotFoundException e) {
      throw new IOException("a worker has failed; its message stands above", e);
    }
  }

  @Override
  public void close() throws IOException {
    orders.writeObject(null);
    orders.close();
    process.onExit().join();
  }

  /** The worker's own program, which ends when it is told nothing. */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    ObjectOutputStream answers = new ObjectOutputStream(System.out);
    answers.flush();
    // What anything else prints is not an answer.
    System.setOut(System.err);
    ObjectInputStream orders = new ObjectInputStream(System.in);
    while (orders.readObject() instanceof Job<?> job) {
      answers.writeObject(job.run());
      answers.flush();
    }
  }
}
