package dev.tourmaline.engine.internal.drools.compile;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fingerprint of the engine's classes as this process runs them: name, CRC-32 and size of each. A
 * jar's directory holds all three, so that listing a jar costs milliseconds, a shaded or nested one
 * too. The same classes give the same text in whatever they are packed.
 */
final class EngineClasses {

  private static final Logger LOG = LoggerFactory.getLogger(EngineClasses.class);
  private static final String SUFFIX = ".class";

  private EngineClasses() {}

  private static final class Running {
    private static final Optional<String> LISTED = ofThisProcess();
  }

  /** {@return the classes; empty where they lie neither in a jar nor in a directory} */
  static Optional<String> listed() {
    return Running.LISTED;
  }

  private static Optional<String> ofThisProcess() {
    String name = EngineClasses.class.getName();
    String root = name.substring(0, name.indexOf("internal.")).replace('.', '/');
    URL own = EngineClasses.class.getResource(EngineClasses.class.getSimpleName() + SUFFIX);
    return own == null ? Optional.empty() : beside(own, name.replace('.', '/') + SUFFIX, root);
  }

  /**
   * {@return the classes of a folder; empty where they cannot be listed}
   *
   * @param own where one of them lies
   */
  static Optional<String> beside(URL own, String path, String root) {
    try {
      switch (own.getProtocol()) {
        case "jar":
          return Optional.of(inJar(own, root));
        case "file":
          String up = "../".repeat(path.split("/").length);
          Path packages = Path.of(own.toURI()).resolve(up).normalize();
          return Optional.of(inDirectory(packages, root));
        default:
          throw new IOException("they lie neither in a jar nor in a directory");
      }
    } catch (IOException | URISyntaxException e) {
      LOG.warn(
          "compiled rules are not kept: cannot list the classes at {} ({})", own, e.toString());
      return Optional.empty();
    }
  }

  private static String inJar(URL own, String root) throws IOException {
    JarURLConnection connection = (JarURLConnection) own.openConnection();
    // A jar out of the cache is not ours to close.
    connection.setUseCaches(false);
    SortedMap<String, String> classes = new TreeMap<>();
    try (JarFile jar = connection.getJarFile()) {
      jar.stream()
          .filter(entry -> entry.getName().startsWith(root) && entry.getName().endsWith(SUFFIX))
          .forEach(e -> classes.put(e.getName(), print(e.getCrc(), e.getSize())));
    }
    return classes.toString();
  }

  private static String inDirectory(Path packages, String root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(packages.resolve(root))) {
      files = all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    SortedMap<String, String> classes = new TreeMap<>();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      String name = packages.relativize(file).toString().replace('\\', '/');
      classes.put(name, print(crc.getValue(), bytes.length));
    }
    return classes.toString();
  }

  private static String print(long crc, long size) {
    return Long.toHexString(crc) + '/' + size;
  }
}
