package dev.tourmaline.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Searches every target for an input that breaks its property: one Jazzer process after the other.
 * What it learns stays for the next time, in a folder for each target.
 */
final class Search {

  /**
   * By design the configuration names files, rules hold regular expressions, and requests are sent.
   */
  private static final String NOT_WATCHED =
      Stream.of("FilePathTraversal", "RegexInjection", "ServerSideRequestForgery")
          .map("com.code_intelligence.jazzer.sanitizers."::concat)
          .reduce((a, b) -> a + ":" + b)
          .orElseThrow();

  private static final int GRACE_SECONDS = 180;

  /** A search shorter than this begins the same each time, as a build should. */
  private static final int SHORT_SECONDS = 30;

  /** How often an input is tried once more; servers and clocks have moods of their own. */
  private static final int TRIES = 300;

  private Search() {}

  /** Takes the folder to work in, that of the seeds, the seconds for each, and perhaps targets. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Path.of(args[0]);
    List<String> only = List.of(args).subList(3, args.length);
    List<Path> found = new ArrayList<>();
    for (FuzzTarget target : FuzzTarget.values()) {
      if (only.isEmpty() || only.contains(target.folder())) {
        found.addAll(search(target, work, Path.of(args[1]), Integer.parseInt(args[2])));
      }
    }
    for (Path input : found) {
      System.err.println("An input breaks what must hold: " + input);
    }
    System.exit(found.isEmpty() ? 0 : 1);
  }

  private static List<Path> search(FuzzTarget target, Path work, Path seeds, int seconds)
      throws IOException, InterruptedException {
    System.err.println("Searching " + target.folder() + " for " + seconds + " s");
    Path corpus = Files.createDirectories(work.resolve(target.folder()).resolve("corpus"));
    Path breaches = Files.createDirectories(corpus.resolveSibling("breaches"));
    Path log = corpus.resolveSibling("search.log");
    List<String> command = command(target, breaches);
    command.add("-max_total_time=" + seconds);
    if (seconds < SHORT_SECONDS) {
      command.add("-seed=1");
    }
    command.add("-use_value_profile=1");
    command.add("-print_final_stats=1");
    command.add(corpus.toString());
    command.add(seeds.resolve(target.folder()).toString());
    int exit = run(command, log, seconds);
    List<Path> found;
    try (Stream<Path> files = Files.list(breaches)) {
      found = files.filter(Search::isInput).toList();
    }
    if (exit != 0) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.filter(line -> !line.startsWith("INFO: ")).forEach(System.err::println);
      }
    }
    if (exit != 0 && found.isEmpty()) {
      return List.of(log);
    }
    List<Path> again = new ArrayList<>();
    for (Path input : found) {
      if (breaksAgain(target, input)) {
        again.add(input);
      } else {
        System.err.println(
            "An input broke what must hold once in %d times: %s".formatted(TRIES, input));
      }
    }
    return again;
  }

  private static boolean isInput(Path file) {
    String name = file.getFileName().toString();
    return !name.endsWith(".java") && !name.endsWith(".log");
  }

  private static boolean breaksAgain(FuzzTarget target, Path input)
      throws IOException, InterruptedException {
    List<String> command = command(target, input.getParent());
    command.add("-runs=" + TRIES);
    command.add(input.toString());
    return run(command, input.resolveSibling("again.log"), 0) != 0;
  }

  private static List<String> command(FuzzTarget target, Path breaches) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.addAll(target.options());
    command.add("--disabled_hooks=" + NOT_WATCHED);
    command.add("--reproducer_path=" + breaches);
    command.add("-artifact_prefix=" + breaches + "/");
    command.add("-timeout=60");
    command.add("-max_len=4096");
    command.add("-rss_limit_mb=4096");
    return command;
  }

  /** Runs a process; {@return its status, or -1 if it had to be ended} */
  private static int run(List<String> command, Path log, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // A search that fails before it begins leaves the threads of what it looks at alive.
    boolean ended = process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS);
    int exit = ended ? process.exitValue() : -1;
    process.destroyForcibly();
    return exit;
  }
}
