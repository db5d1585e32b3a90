package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no rules but attacks on whoever reads them. */
class HostileTextTest {

  @TempDir private Path directory;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(rule("(".repeat(15) + "click" + ")".repeat(15), ""), 3, "more than 12 deep"),
        Arguments.of(rule("(".repeat(100_000) + "click", ""), 3, "more than 12 deep"),
        Arguments.of(rule("click", "{".repeat(100_000)), 5, "more than 100 deep"),
        Arguments.of(rule("click", "int i = " + "- ".repeat(15_000) + "1;"), 1, "too deeply"),
        Arguments.of(rule("click", "for (;;) ".repeat(15_000) + ";"), 1, "at most 20000"),
        Arguments.of(rule("click", "do ".repeat(15_000) + ";"), 1, ""),
        Arguments.of(
            rule("click", "").replace("\"R", "\"" + "R".repeat(65_536)), 1, "a rule's name"),
        Arguments.of(rule("path == \"" + "R".repeat(70_000) + "\"", ""), 3, "70002 characters"),
        Arguments.of(rule("path matches \"" + "(".repeat(9_000) + "\"", ""), 3, ""),
        Arguments.of(rule("click", "").repeat(20_000), 0, "larger than 1 MiB"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aHostileTextIsAProblemWithItsLineAndSoon(String drl, int line, String message) {
    List<RuleProblem> problems =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> RuleBase.check(RuleSet.of("r.drl", drl)));
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.severity()).isEqualTo(RuleProblem.Severity.ERROR);
              assertThat(problem.file()).isEqualTo("r.drl");
              assertThat(problem.line()).isEqualTo(line);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void aFileOfAnySizeIsAProblemAndIsNotRead() throws IOException {
    Path huge = directory.resolve("huge.drl");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(50L << 30);
    }
    assertThat(RuleBase.check(RuleSet.path(huge)))
        .extracting(RuleProblem::message)
        .containsExactly("is larger than 1 MiB and is not read; divide the rules");
  }

  @Test
  void whatFailsWhenItIsLoadedIsAProblemOfItsRule() {
    List<Function<String, String>> faults =
        List.of(
            n -> rule("path == String.valueOf(Integer.parseInt(\"" + n + "\"))", ""),
            n -> rule("click ) eval( Integer.parseInt(\"" + n + "\") > 0", ""));
    for (Function<String, String> fault : faults) {
      String drl = rule("click", "").replace("\"R", "\"Other") + fault.apply("x");
      for (int i = 0; i < 2; i++) {
        Compilation compilation = RuleCompiler.compile(RuleSet.of("r.drl", drl));
        assertThat(compilation).isInstanceOf(Compilation.Refused.class);
        assertThat(((Compilation.Refused) compilation).problems())
            .extracting(RuleProblem::toString)
            .anyMatch(
                p -> p.startsWith("r.drl:7: error: rule \"R\": these rules cannot be loaded:"));
      }
    }
  }

  private static String rule(String constraint, String code) {
    return "rule \"R\" @flow(\"f\")\nwhen\n  $a : Action( %s )\nthen\n  tours.offer($a, \"\"); %s\nend\n"
        .formatted(constraint, code);
  }
}
