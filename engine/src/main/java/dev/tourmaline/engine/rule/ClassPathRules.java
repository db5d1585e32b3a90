package dev.tourmaline.engine.rule;

import dev.tourmaline.engine.rule.RuleSet.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Rule files of a class path, read through what its class loader and the connections to its URLs
 * offer: where jars lie and how they are nested is their business.
 */
final class ClassPathRules {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String INSIDE = "!/";

  private final String folder;

  /** The sources by name, each from the first place that holds it. */
  private final SortedMap<String, Source> found = new TreeMap<>();

  private ClassPathRules(String folder) {
    this.folder = folder;
  }

  static List<Source> read(ClassLoader loader, String name) {
    try {
      return name.endsWith(RuleSet.EXTENSION)
          ? List.of(file(loader, name))
          : new ClassPathRules(name.endsWith("/") ? name : name + "/").folder(loader);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read rules from '%s' of the class path: %s".formatted(name, e), e);
    }
  }

  private static Source file(ClassLoader loader, String name) {
    URL url = loader.getResource(name);
    if (url == null) {
      throw new IllegalArgumentException("the class path has no file '" + name + "'");
    }
    return RuleSet.read(
        name,
        () -> {
          Optional<JarURLConnection> jar = jar(url);
          try (InputStream in = jar.isPresent() ? jar.get().getInputStream() : url.openStream()) {
            return in.readNBytes(RuleSet.LARGEST + 1);
          }
        });
  }

  private List<Source> folder(ClassLoader loader) throws IOException {
    List<URL> places = Collections.list(loader.getResources(folder));
    for (URL place : places) {
      if (place.getProtocol().equals("file")) {
        readDirectory(place);
      } else if (!readJar(place)) {
        throw new IOException("what is in " + place + " cannot be listed; name its files");
      }
    }
    if (found.isEmpty()) {
      // A jar that was packed without entries for its folders has them all the same.
      for (URL manifest : Collections.list(loader.getResources(MANIFEST))) {
        readJar(manifest);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          places.isEmpty()
              ? "the class path has no folder '%s' with .drl files in it".formatted(folder)
              : "the folder '%s' of the class path has no .drl file in it (it is at %s)"
                  .formatted(folder, places));
    }
    return List.copyOf(found.values());
  }

  private void readDirectory(URL place) throws IOException {
    try {
      Path directory = Path.of(place.toURI());
      for (Path file : RuleSet.filesBelow(directory)) {
        String inside = directory.relativize(file).toString().replace('\\', '/');
        found.computeIfAbsent(folder + inside, name -> RuleSet.read(name, file));
      }
    } catch (URISyntaxException e) {
      throw new IOException(place + " is no URI", e);
    }
  }

  /** {@return whether the place is in a jar} */
  private boolean readJar(URL place) throws IOException {
    Optional<JarURLConnection> connection = jar(place);
    if (connection.isEmpty()) {
      return false;
    }
    try (JarFile jar = connection.get().getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(folder) && entry.getName().endsWith(RuleSet.EXTENSION)) {
          found.computeIfAbsent(
              entry.getName(), name -> RuleSet.read(name, () -> bytes(jar, entry)));
        }
      }
    }
    return true;
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readNBytes(RuleSet.LARGEST + 1);
    }
  }

  /** A connection to a jar that nobody else uses, so that it may be closed; empty for no jar. */
  private static Optional<JarURLConnection> jar(URL url) throws IOException {
    if (!(url.openConnection() instanceof JarURLConnection jar)) {
      return Optional.empty();
    }
    jar.setUseCaches(false);
    try {
      jar.connect();
      return Optional.of(jar);
    } catch (IOException e) {
      // The JDK takes the first "!/" for the end of the jar's path, though a folder may end in '!'.
      String text = url.toString();
      int end = text.lastIndexOf(INSIDE);
      if (!text.startsWith("jar:file:") || text.indexOf(INSIDE) == end) {
        throw e;
      }
      String escaped = text.substring(0, end).replace(INSIDE, "%21/");
      return jar(URI.create(escaped + text.substring(end)).toURL());
    }
  }
}
