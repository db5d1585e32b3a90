package dev.tourmaline.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tourmaline.benchmarks.figure.LatencyFigure.Survival;
import dev.tourmaline.benchmarks.figure.Worker.Job;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.HostileStream;
import dev.tourmaline.workload.Scratch;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Vocabulary;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {

  @TempDir Path folder;

  private File file(int sessions, Vocabulary vocabulary) throws IOException {
    try (Scratch scratch = new Scratch(Optional.of(folder))) {
      return scratch.file(GeneratedStream.of(sessions, 40, vocabulary));
    }
  }

  private File file(int sessions) throws IOException {
    return file(sessions, Vocabulary.OPEN);
  }

  private Workload load(Style style, int rules) {
    return new Workload(style, rules, true, 1, Vocabulary.OPEN);
  }

  @ParameterizedTest
  @CsvSource({"STEP, OPEN", "STEP, CLOSED", "PATTERN, OPEN", "PATTERN, CLOSED"})
  void theBaselineByHandFindsAsOftenWhatTheRulesFind(Style style, Vocabulary vocabulary)
      throws IOException {
    Workload load = new Workload(style, 20, true, 1, vocabulary);
    Run byRules = Run.replay(load, file(300, vocabulary));
    Run byHand = Run.plain(load, file(300, vocabulary));
    assertThat(byRules.actions()).isGreaterThanOrEqualTo(12_000).isEqualTo(byHand.actions());
    assertThat(byRules.offers()).isGreaterThan(50).isEqualTo(byHand.offers());
  }

  @Test
  void theTokenReadGoesOverEveryFrame() throws IOException {
    try (Stream<String> lines = Files.lines(file(50).toPath())) {
      assertThat(Run.tokens(file(50)).offers()).isEqualTo(lines.count());
    }
  }

  @Test
  void thePassMarkIsTheStricterOfClockAndProcessorTime() {
    GeneratedStream stream = GeneratedStream.of(100, 10, Vocabulary.OPEN);
    Job<Run> none = () -> new Run(0, 0, 0, 0, 0, 0);
    Pace pace = new Pace(stream, none, List.of(new Run(0, 1, 4, 0, 0, 0)));
    Pace against = new Pace(stream, none, List.of(new Run(0, 2, 2, 0, 0, 0)));
    assertThat(PaceFigures.share("", "", pace, against).value()).isEqualTo("50 %");
    assertThat(PaceFigures.share("", "", against, pace).value()).isEqualTo("50 %");
    assertThat(pace.stricter()).isEqualTo(250);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void anEngineLivesThroughAFewHostileActions(int sessions) {
    HostileStream stream = new HostileStream(sessions, 1);
    Survival found = LatencyFigure.survive(load(Style.STEP, 10), stream, 100, 1_000);
    assertThat(found.counted()).contains("frames=100, ").doesNotContain("=0");
    assertThat(found.latencies().due().getTotalCount()).isEqualTo(90);
  }

  @Test
  void aWorkerHasFailedOnceAnyOfItsThreadsIsOutOfMemory() throws IOException {
    try (Scratch scratch = new Scratch(Optional.of(folder))) {
      Setup setup =
          new Setup(
              scratch,
              Optional.empty(),
              Optional.empty(),
              1,
              folder.toFile(),
              List.of(),
              Vocabulary.OPEN,
              Optional.empty());
      Job<Integer> greedy =
          () ->
              CompletableFuture.supplyAsync(() -> new byte[1 << 28].length)
                  .exceptionally(outOfMemory -> 0)
                  .join();
      assertThatIOException().isThrownBy(() -> setup.inWorker("64m", greedy));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rulesThatNeverOfferDoNot(Style style) throws IOException {
    assertThat(Run.replay(load(style, 15).withoutOffers(), file(50)).offers()).isZero();
  }

  @Test
  void aRunningEngineFindsWhatAReplayFinds() throws IOException {
    Workload load = load(Style.STEP, 20);
    assertThat(Run.live(load, file(50)).offers()).isEqualTo(Run.replay(load, file(50)).offers());
  }

  @Test
  void aWorkerDoesItsJobsInAJvmOfItsOwn() throws IOException {
    long here = ProcessHandle.current().pid();
    try (Worker worker = new Worker(List.of("-Xmx64m"))) {
      long there = worker.run(() -> ProcessHandle.current().pid());
      assertThat(worker.<Long>run(() -> ProcessHandle.current().pid()))
          .isEqualTo(there)
          .isNotEqualTo(here);
    }
  }
}
