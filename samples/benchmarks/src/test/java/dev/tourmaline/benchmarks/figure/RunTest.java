package dev.tourmaline.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.Scratch;
import dev.tourmaline.workload.Style;
import dev.tourmaline.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTest {

  @TempDir Path folder;

  private File file(int sessions) throws IOException {
    try (Scratch scratch = new Scratch(Optional.of(folder))) {
      return scratch.file(GeneratedStream.of(sessions, 40));
    }
  }

  private Workload load(Style style, int rules) {
    return new Workload(style, rules, true, 1);
  }

  @ParameterizedTest
  @EnumSource
  void theBaselineByHandFindsAsOftenWhatTheRulesFind(Style style) throws IOException {
    Workload load = load(style, 20);
    Run byRules = Run.replay(load, file(300));
    Run byHand = Run.plain(load, file(300));
    assertThat(byRules.actions()).isEqualTo(12_000).isEqualTo(byHand.actions());
    assertThat(byRules.offers()).isGreaterThan(50).isEqualTo(byHand.offers());
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
