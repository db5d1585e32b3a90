package dev.tourmaline.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.trigger.Frequency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a product has of its own, and what it takes from the file. */
class ProductReaderTest {

  private static final String STREAM = "stream: {url: \"http://127.0.0.1/\", token: 0123456789}";

  private static final String TWO =
      """
      products:
        - {id: a, rules: [a.drl], policy: {between_tours: 1h}, %1$s}
        - {id: b, %1$s}
      rules: [all.drl, a.drl]
      policy: {once_per: session, between_tours: 5m}
      """
          .formatted(STREAM);

  @TempDir Path folder;

  @BeforeEach
  void writeRules() throws IOException {
    for (String name : List.of("a", "all")) {
      Files.writeString(
          folder.resolve(name + ".drl"),
          "rule \"%s\" @flow(\"f\") when $a : Action() then tours.offer($a, \"\"); end"
              .formatted(name));
    }
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("tourmaline.yaml"), yaml);
  }

  private List<String> faults(String yaml) throws IOException {
    Path file = file(yaml);
    return catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigReader.read(file, Map.of()))
        .faults()
        .stream()
        .map(ConfigFault::toString)
        .toList();
  }

  @Test
  void theNarrowerRulesAndKeysOfThePolicyWin() throws IOException {
    DaemonConfig config = ConfigReader.read(file(TWO), Map.of());
    Product a = config.products().get(0);
    Product b = config.products().get(1);
    assertThat(config.rulesOf(a).locations()).containsExactly("a.drl");
    assertThat(config.rulesOf(b).locations()).containsExactly("all.drl", "a.drl");
    assertThat(config.policyOf(a).betweenTours()).isEqualTo(Duration.ofHours(1));
    assertThat(config.policyOf(a).oncePer())
        .as("from the file")
        .isEqualTo(Frequency.ONCE_PER_SESSION);
    assertThat(config.policyOf(b).betweenTours()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void rulesOfTheFileAreNeededWhileAProductHasNone() throws IOException {
    assertThat(faults(TWO.replace("rules: [all.drl, a.drl]\n", "")))
        .singleElement()
        .asString()
        .contains("rules", "is missing");
    DaemonConfig config =
        ConfigReader.read(
            file("products: [{id: a, rules: a.drl, %s}]\n".formatted(STREAM)), Map.of());
    assertThat(config.rulesOf(config.products().get(0)).locations()).containsExactly("a.drl");
  }

  @Test
  void theFaultsOfAllProductsAreReportedTogether() throws IOException {
    Files.writeString(folder.resolve("broken.drl"), "rule \"B\" when Acton() then end\n");
    assertThat(
            faults(
                """
                products:
                  - {id: a, rules: [nowhere.drl], policy: {once_per: week, betwen_tours: 1h}, %1$s}
                  - {id: b, rules: [], polcy: {}, %1$s}
                  - {id: c, rules: [broken.drl], policy: [], %1$s}
                """
                    .formatted(STREAM)))
        .anySatisfy(fault -> assertThat(fault).contains("products[0].rules[0]", "nowhere.drl"))
        .anySatisfy(fault -> assertThat(fault).contains("products[0].policy.once_per", "'week'"))
        .anySatisfy(fault -> assertThat(fault).contains("products[0].policy.betwen_tours"))
        .anySatisfy(fault -> assertThat(fault).contains("products[1].polcy"))
        .anySatisfy(fault -> assertThat(fault).contains("products[2].policy", "block of keys"))
        .anySatisfy(
            fault -> assertThat(fault).contains("products[2].rules", "broken.drl:1: error"));
    assertThat(faults("products: [{id: a, rules: [], %s}]".formatted(STREAM)))
        .singleElement()
        .asString()
        .contains("products[0].rules", "empty list");
  }

  @Test
  void aReplayTakesWhatTheNamedProductHas() throws IOException {
    Path file = file(TWO.replace("token: 0123456789", "token: \"${NOT_HERE}\""));
    ConfigReader.ForReplay a = ConfigReader.readForReplay(file, Map.of(), true, Optional.of("a"));
    assertThat(a.rules().sources()).hasSize(1);
    assertThat(a.policy().betweenTours()).isEqualTo(Duration.ofHours(1));
    ConfigReader.ForReplay b = ConfigReader.readForReplay(file, Map.of(), true, Optional.of("b"));
    assertThat(b.rules().sources()).hasSize(2);
    assertThat(b.policy().betweenTours()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aReplayOfProductsThatDifferNeedsToKnowWhich() throws IOException {
    Path file = file(TWO);
    assertThat(replayFault(file, Optional.empty())).contains("a: rules or policy", "--product ID");
    assertThat(replayFault(file, Optional.of("x"))).contains("no product 'x'", "it has a, b");
  }

  private static String replayFault(Path file, Optional<String> product) {
    return catchThrowableOfType(
            InvalidConfigException.class,
            () -> ConfigReader.readForReplay(file, Map.of(), true, product))
        .getMessage();
  }
}
