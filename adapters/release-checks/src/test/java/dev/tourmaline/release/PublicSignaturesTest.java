package dev.tourmaline.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public and protected signatures of every published module, as {@code javap} reads them from
 * the jar, against the list that is committed with the module.
 */
class PublicSignaturesTest {

  private static final String LIST = "src/api/public-api.txt";
  private static final boolean UPDATE = System.getProperty("api.update") != null;

  /** A class with its members, one a line, between braces. */
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(.*(?:class|interface) (dev\\.[\\w.$]+).*) \\{\n((?:  .*\n)*)}\n");

  static Stream<PublishedJar> jars() {
    return PublishedJar.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jars")
  void thePublicSignaturesAreThoseOfTheCommittedList(PublishedJar published) throws IOException {
    Path list = published.module().resolve(LIST);
    String found = signatures(published.jar());
    if (UPDATE) {
      Files.createDirectories(list.getParent());
      Files.writeString(list, found);
    }

    assertThat(list).as("%s, which 'mvn verify -Dapi.update' writes", list).exists();
    assertThat(list)
        .as(
            "%s against the jar. If the public API is meant to change, run 'mvn verify -Dapi.update'"
                + " (CONTRIBUTING.md has a faster way), look at the difference and commit it",
            list)
        .hasContent(found);
  }

  private static String signatures(Path jar) throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter lines = new PrintWriter(out);
    List<String> arguments = new ArrayList<>(List.of("-protected", "-constants"));
    arguments.addAll(List.of("-classpath", jar.toString()));
    arguments.addAll(classes(jar));
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    assertThat(javap.run(lines, lines, arguments.toArray(String[]::new))).as("%s", out).isZero();

    SortedMap<String, String> types = new TreeMap<>();
    Matcher type = TYPE.matcher(out.toString().replace(System.lineSeparator(), "\n"));
    while (type.find()) {
      if (type.group(1).startsWith("public ")) {
        types.put(type.group(2), type.group(1) + "\n" + sorted(type.group(3)));
      }
    }
    types.keySet().removeIf(name -> !types.keySet().containsAll(enclosing(name)));
    return String.join("\n", types.values());
  }

  private static String sorted(String members) {
    return members.lines().sorted().map(member -> member + "\n").reduce("", String::concat);
  }

  private static List<String> enclosing(String name) {
    List<String> outer = new ArrayList<>();
    for (int end = name.indexOf('$'); end > 0; end = name.indexOf('$', end + 1)) {
      outer.add(name.substring(0, end));
    }
    return outer;
  }

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.contains("/internal/"))
          .filter(name -> !name.endsWith("-info.class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .toList();
    }
  }
}
