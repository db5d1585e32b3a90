package dev.tourmaline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleLocationsTest {

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("rules/deep"));
    Files.writeString(folder.resolve("rules/a.drl"), "// a");
    Files.writeString(folder.resolve("rules/deep/b.drl"), "// b");
    Files.writeString(folder.resolve("rules/notes.txt"), "no rules");
  }

  @Test
  void aLocationIsAFolderAFileOrAPack() {
    Path rules = folder.resolve("rules");

    assertThat(RuleLocations.read("rules", folder)).isEqualTo(RuleSet.path(rules));
    assertThat(RuleLocations.read("./rules/../rules/a.drl", folder))
        .isEqualTo(RuleSet.path(rules.resolve("a.drl")));
    assertThat(RuleLocations.read(rules.toString())).isEqualTo(RuleSet.path(rules));
    assertThat(RuleLocations.read("pack:billing")).isEqualTo(RulePacks.pack("billing"));
    assertThat(RuleLocations.read("pack: billing", folder)).isEqualTo(RulePacks.pack("billing"));
  }

  @Test
  void severalLocationsGiveTheirRulesInOrder() {
    assertThat(RuleLocations.readAll(List.of("pack:billing", "rules"), folder))
        .isEqualTo(RulePacks.pack("billing").plus(RuleSet.path(folder.resolve("rules"))));
  }

  @Test
  void everyLocationWithoutRulesIsReportedAndSaysWhatWasLookedFor() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(
            () ->
                RuleLocations.readAll(
                    List.of("ruels", "rules/notes.txt", "pack:biling", "rules", "empty", "a\0b"),
                    folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "there is no file or folder 'ruels' (%s)".formatted(folder.resolve("ruels")),
            "; 'rules/notes.txt' must be a .drl file, a folder of them, or pack:NAME",
            "; there is no rule pack 'biling'; did you mean 'billing'? Packs are",
            "; 'empty' is a folder without a single .drl file",
            "; 'a\0b' is no path");
  }

  @Test
  void toursThatAreNoRulesAreNotOverlooked() throws IOException {
    Files.writeString(folder.resolve("rules/deep/tours.yaml"), "");

    for (String location : List.of("rules", "rules/deep/tours.yaml")) {
      assertThatThrownBy(() -> RuleLocations.read(location, folder))
          .hasMessageContaining("'%s' holds tours.yaml, which is not yet available", location);
    }
  }

  @Test
  void aNonUtf8FileIsReportedAsARuleProblem() throws IOException {
    Files.write(folder.resolve("rules/c.drl"), new byte[] {'/', '/', (byte) 0xE9});

    assertThat(RuleLocations.read("rules", folder).sources())
        .filteredOn(source -> source.fault().isPresent())
        .singleElement()
        .satisfies(source -> assertThat(source.name()).endsWith("rules/c.drl"));
  }
}
