package dev.tourmaline.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleSet.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathRulesTest {

  private static final Map<String, String> FILES =
      Map.of(
          "rules/b.drl", "// b",
          "rules/deep er/a+.drl", "// a",
          "rules/notes.txt", "no rules",
          "rules-too/c.drl", "// c");
  private static final Source[] SOURCES = {
    new Source("rules/b.drl", "// b"), new Source("rules/deep er/a+.drl", "// a")
  };

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with space", "a+b", "100%", "50%25", "a!b", "bang!", "!", "é"})
  void aFolderIsReadWhateverThePathsOfTheClassPathLookLike(String name) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    Path directory = directory(place.resolve("classes"), FILES);

    assertReadsFrom(directory);
    assertReadsFrom(jar(place.resolve("whole.jar"), FILES, true));
    assertReadsFrom(jar(place.resolve("without-folders.jar"), FILES, false));
  }

  private void assertReadsFrom(Path place) throws IOException {
    try (URLClassLoader loader = loader(place)) {
      assertThat(RuleSet.resources(loader, "rules").sources()).containsExactly(SOURCES);
      assertThat(RuleSet.resources(loader, "rules/").sources()).containsExactly(SOURCES);
      assertThat(RuleSet.resources(loader, "rules/b.drl").sources()).containsExactly(SOURCES[0]);
    }
    Files.walk(place).sorted(Collections.reverseOrder()).forEach(file -> file.toFile().delete());
    assertThat(place).as("a place that nobody holds open").doesNotExist();
  }

  @Test
  void aJarThatIsInUseElsewhereStaysOpen() throws IOException {
    try (URLClassLoader loader = loader(jar(folder.resolve("x.jar"), FILES, true))) {
      URLConnection shared = loader.getResource("rules/b.drl").openConnection();
      try (InputStream open = shared.getInputStream()) {
        RuleSet.resources(loader, "rules");
        assertThat(open.readAllBytes()).asString().isEqualTo("// b");
      }
    }
  }

  @Test
  void aFolderInSeveralPlacesIsMergedAndTheFirstFileWins() throws IOException {
    Path first = jar(folder.resolve("first.jar"), Map.of("rules/b.drl", "// mine"), true);
    Path second = jar(folder.resolve("second.jar"), FILES, true);
    Path third = directory(folder.resolve("third"), Map.of("rules/d.drl", "// d"));

    try (URLClassLoader loader = loader(first, second, third)) {
      assertThat(RuleSet.resources(loader, "rules").sources())
          .containsExactly(
              new Source("rules/b.drl", "// mine"), new Source("rules/d.drl", "// d"), SOURCES[1]);
    }
  }

  @Test
  void aFolderWithoutRulesIsAnErrorThatSaysWhereItIs() throws IOException {
    Path empty = directory(folder.resolve("empty"), Map.of("rules/notes.txt", "no rules"));

    try (URLClassLoader loader = loader(empty)) {
      assertThatThrownBy(() -> RuleSet.resources(loader, "rules"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the folder 'rules/' of the class path has no .drl file in it")
          .hasMessageContaining(empty.toString());
    }
  }

  @Test
  void anAbsentFolderOrFileIsNamedInTheError() throws IOException {
    try (URLClassLoader loader = loader(jar(folder.resolve("x.jar"), FILES, true))) {
      assertThatThrownBy(() -> RuleSet.resources(loader, "ruels"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the class path has no folder 'ruels/' with .drl files in it");
      assertThatThrownBy(() -> RuleSet.resources(loader, "rules/z.drl"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the class path has no file 'rules/z.drl'");
    }
  }

  @Test
  void whereNoFolderCanBeListedFilesCanBeNamed() {
    ClassLoader memory = new MemoryLoader();

    assertThat(RuleSet.resources(memory, "rules/b.drl").sources())
        .containsExactly(new Source("rules/b.drl", "// rules/b.drl"));
    assertThatThrownBy(() -> RuleSet.resources(memory, "rules"))
        .hasMessageContaining("memory:rules/ cannot be listed; name its files");
  }

  @Test
  void aNonUtf8JarEntryIsReportedWithItsLine() throws IOException {
    Path jar = folder.resolve("x.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("rules/"));
      out.putNextEntry(new ZipEntry("rules/latin.drl"));
      out.write("// one\n// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    }
    try (URLClassLoader loader = loader(jar)) {
      assertThat(RuleBase.check(RuleSet.resources(loader, "rules")))
          .extracting(RuleProblem::toString)
          .containsExactly(
              "rules/latin.drl:2: error: is not in UTF-8 from the byte 0xE9 on; save it as UTF-8");
    }
  }

  private static URLClassLoader loader(Path... places) throws IOException {
    URL[] urls = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      urls[i] = places[i].toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }

  private static Path directory(Path place, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = place.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return place;
  }

  private static Path jar(Path jar, Map<String, String> files, boolean folders) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      if (folders) {
        out.putNextEntry(new ZipEntry("rules/"));
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  /** Has every resource, in a place that is neither a file nor in a jar. */
  private static final class MemoryLoader extends ClassLoader {

    private static final URLStreamHandler HANDLER =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(
                    ("// " + url.getPath()).getBytes(StandardCharsets.UTF_8));
              }
            };
          }
        };

    MemoryLoader() {
      super(null);
    }

    @Override
    protected URL findResource(String name) {
      try {
        return new URL(null, "memory:" + name, HANDLER);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
      return Collections.enumeration(Collections.singleton(findResource(name)));
    }
  }
}
