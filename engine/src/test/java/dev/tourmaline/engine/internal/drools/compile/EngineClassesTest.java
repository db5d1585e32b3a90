package dev.tourmaline.engine.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.internal.drools.model.CompiledRules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineClassesTest {

  private static final String OWN = "shop/tours/internal/Key.class";
  private static final String ROOT = "shop/tours/";
  private static final Map<String, String> CLASSES =
      Map.of(OWN, "key", ROOT + "Rule.class", "rule", ROOT + "notes.txt", "a", "o/X.class", "x");
  private static final Map<String, String> CHANGED =
      Map.of(OWN, "key", ROOT + "Rule.class", "RULE", ROOT + "notes.txt", "b", "o/X.class", "y");

  @TempDir Path directory;

  @Test
  void everyClassOfTheEngineIsListed() {
    assertThat(EngineClasses.listed().orElseThrow())
        .contains(path(TourEngine.class), path(Action.class), path(CompiledRules.class))
        .contains(path(RuleText.class), path(FactPattern.Constraint.class))
        .doesNotContain("org/kie");
  }

  @Test
  void aFolderAndAJarOfTheSameClassesAreTheSame() throws IOException {
    Optional<String> folder = inFolder("classes", CLASSES);

    assertThat(folder).get().asString().contains(OWN, "Rule.class").doesNotContain("notes", "o/X");
    assertThat(inJar("plain.jar", CLASSES)).isEqualTo(folder);
    assertThat(inJar("loud! and.jar", CLASSES)).isEqualTo(folder);
  }

  @Test
  void aChangedClassIsSeenInAFolderAndInAJar() throws IOException {
    assertThat(inFolder("changed", CHANGED)).isPresent().isNotEqualTo(inFolder("same", CLASSES));
    assertThat(inJar("changed.jar", CHANGED)).isPresent().isNotEqualTo(inJar("same.jar", CLASSES));
  }

  @Test
  void classesThatCannotBeListedAreNotGuessed() throws IOException {
    URL platform = new URL("jrt:/java.base/java/lang/Object.class");
    assertThat(EngineClasses.beside(platform, "java/lang/Object.class", "java/")).isEmpty();
    URL gone = new URL("jar:" + directory.resolve("gone.jar").toUri() + "!/" + OWN);
    assertThat(EngineClasses.beside(gone, OWN, ROOT)).isEmpty();
  }

  private Optional<String> inFolder(String name, Map<String, String> classes) throws IOException {
    Path folder = directory.resolve(name);
    for (Map.Entry<String, String> each : classes.entrySet()) {
      Path file = folder.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    return EngineClasses.beside(folder.resolve(OWN).toUri().toURL(), OWN, ROOT);
  }

  private Optional<String> inJar(String name, Map<String, String> classes) throws IOException {
    Path jar = directory.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, String> each : classes.entrySet()) {
        out.putNextEntry(new ZipEntry(each.getKey()));
        out.write(each.getValue().getBytes());
      }
    }
    return EngineClasses.beside(new URL("jar:" + jar.toUri() + "!/" + OWN), OWN, ROOT);
  }

  private static String path(Class<?> type) {
    return type.getName().replace('.', '/') + ".class=";
  }
}
