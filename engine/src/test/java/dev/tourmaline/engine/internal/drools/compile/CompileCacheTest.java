package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.drools.compile.Compilation.Compiled;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieSession;

class CompileCacheTest {

  private static final RuleSet RULES =
      RuleSet.of(
          "a.drl",
          """
          declare Seen @role( event ) @expires( 5m ) path : String end

          rule "Billing revisited" @flow("tour_billing_help") @priority(80) salience 2
          when
              $a : Action( pageview, path == "settings", !submittedWithin("10m") )
          then
              tours.offer($a, "third visit");
          end

          rule "Seen" @flow("tour_seen") when
            $a : Action( pageview ) exists( Action( click, this after[0s,5m] $a ) )
          then insert(new Seen($a.getPath())); end
          """);

  @TempDir Path root;

  private Path directory;

  @BeforeEach
  void name() {
    directory = root.resolve("cache");
  }

  @Test
  void knownRulesAreTakenUpAsTheyWereCompiled() throws IOException {
    Compiled first = compile(RULES);
    Path entry = onlyEntry();
    byte[] written = Files.readAllBytes(entry);

    Compiled second = compile(RULES);

    assertThat(Files.readAllBytes(entry)).isEqualTo(written);
    assertThat(second.rules().rules()).isEqualTo(first.rules().rules());
    assertThat(second.warnings()).isEqualTo(first.warnings()).hasSize(1);
    assertThat(ruleNames(second)).isEqualTo(ruleNames(first)).hasSize(2);
    assertThat(second.rules().kieBase()).isNotSameAs(first.rules().kieBase());
    KieSession session = second.rules().kieBase().newKieSession();
    assertThat(session.fireAllRules()).isZero();
    session.dispose();
  }

  @Test
  void aChangedTextAnotherNameOrAnotherClassChangesTheKey() {
    String engine = EngineClasses.listed().orElseThrow();
    CacheKey key = CacheKey.of(RuleSet.of("a.drl", "// x"), engine);

    assertThat(CacheKey.of(RuleSet.of("a.drl", "// x"), engine).name()).isEqualTo(key.name());
    assertThat(CacheKey.of(RuleSet.of("a.drl", "// y"), engine).name()).isNotEqualTo(key.name());
    assertThat(CacheKey.of(RuleSet.of("b.drl", "// x"), engine).name()).isNotEqualTo(key.name());
    assertThat(CacheKey.of(RuleSet.of("a.drl", "// x"), engine + " ").name())
        .isNotEqualTo(key.name());
  }

  @Test
  void aDamagedOrForeignEntryIsIgnoredAndWrittenAgain() throws IOException {
    compile(RULES);
    Path entry = onlyEntry();
    byte[] whole = Files.readAllBytes(entry);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    byte[] cut = Arrays.copyOf(whole, whole.length / 3);

    for (byte[] bad : List.of(flipped, cut, new byte[0])) {
      Files.write(entry, bad);
      compile(RULES);
      assertThat(Files.size(entry)).isGreaterThan(whole.length / 2);
      assertThat(Files.readAllBytes(entry)).isNotEqualTo(bad);
    }

    compile(RuleSet.of("b.drl", ""));
    Path other = entries().stream().filter(file -> !file.equals(entry)).findFirst().orElseThrow();
    Files.write(other, whole);
    assertThat(compile(RuleSet.of("b.drl", "")).rules().rules()).isEmpty();
  }

  @Test
  void refusedRulesAreNotKept() throws IOException {
    Compilation refused = CompileCache.in(directory).compile(RuleSet.of("a.drl", "rule"));
    assertThat(refused).isInstanceOf(Compilation.Refused.class);
    assertThat(entries()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeWrittenCostsOnlyTime() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    Compilation compilation = CompileCache.in(file).compile(RuleSet.of("b.drl", ""));
    assertThat(compilation).isInstanceOf(Compiled.class);
  }

  private Compiled compile(RuleSet rules) {
    return (Compiled) CompileCache.in(directory).compile(rules);
  }

  private static List<String> ruleNames(Compiled compiled) {
    return compiled.rules().kieBase().getKiePackages().stream()
        .flatMap(p -> p.getRules().stream())
        .map(Rule::getName)
        .sorted()
        .toList();
  }

  private Path onlyEntry() throws IOException {
    assertThat(entries()).hasSize(1);
    return entries().get(0);
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
