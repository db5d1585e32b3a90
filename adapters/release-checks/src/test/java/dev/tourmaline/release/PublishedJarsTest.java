package dev.tourmaline.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What whoever depends on a published jar finds in it. */
class PublishedJarsTest {

  private static final Path TOP = Path.of("").toAbsolutePath().getParent().getParent();

  @Test
  void everyPublishedModuleIsLookedAtAndListedInTheBom() throws IOException {
    Set<String> lookedAt = new TreeSet<>();
    Set<Path> folders = new TreeSet<>();
    for (PublishedJar published : PublishedJar.all()) {
      lookedAt.add(published.artifact());
      folders.add(TOP.relativize(published.module()));
    }
    Set<String> listed =
        Pattern.compile("<artifactId>(tourmaline-(?!bom)[a-z-]+)<")
            .matcher(Files.readString(TOP.resolve("adapters/bom/pom.xml")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(lookedAt).containsExactlyInAnyOrderElementsOf(listed);
    assertThat(folders).isEqualTo(foldersWithCode());
  }

  @Test
  void everyPublishedJarNamesItsModule() throws IOException {
    for (PublishedJar published : PublishedJar.all()) {
      try (JarFile jar = new JarFile(published.jar().toFile())) {
        String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertThat(name)
            .as(
                "Automatic-Module-Name of %s, which java.module.name in %s sets",
                published.jar().getFileName(), published.module().resolve("pom.xml"))
            .isEqualTo("dev." + published.artifact().replace('-', '.'));
        assertThat(jar.stream().map(entry -> entry.getName()).filter(file -> isClass(file)))
            .allSatisfy(file -> assertThat(file).startsWith(name.replace('.', '/') + '/'));
      }
    }
  }

  private static boolean isClass(String entry) {
    return entry.endsWith(".class");
  }

  private static Set<Path> foldersWithCode() throws IOException {
    try (Stream<Path> adapters = Files.list(TOP.resolve("adapters"))) {
      return Stream.concat(
              Stream.of("engine", "rules").map(TOP::resolve),
              adapters.filter(folder -> Files.isDirectory(folder.resolve("src/main"))))
          .map(TOP::relativize)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
