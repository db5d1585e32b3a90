package dev.tourmaline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.trigger.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the pages of the repository to its files.
 *
 * <p>A block of code behind {@code <!-- from: PATH -->} stands in that file, line by line, apart
 * from indentation. The file is compiled and run by a test of its module.
 */
class PagesTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:<!-- from: (\\S+) -->\n)?^```(\\w*)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
  private static final Pattern COORDINATES =
      Pattern.compile(
          "<artifactId>(tourmaline-[a-z-]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .map(ROOT::relativize)
          .filter(file -> !file.toString().matches("(.*/)?(target|node_modules|\\.[a-z]+)/.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySnippetStandsInTheFileItIsFrom(Path page) throws IOException {
    Matcher block = BLOCK.matcher(text(page));
    while (block.find()) {
      if (block.group(2).equals("java")) {
        assertThat(block.group(1)).as("the file of\n%s", block.group(3)).isNotNull();
      }
      if (block.group(1) != null) {
        assertThat(withoutIndentation(Files.readString(ROOT.resolve(block.group(1)))))
            .as("%s, of which %s shows a part", block.group(1), page)
            .contains(withoutIndentation(block.group(3)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsSomewhere(Path page) throws IOException {
    Matcher link = LINK.matcher(withoutBlocks(text(page)));
    while (link.find()) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      String file = target.replaceAll("#.*", "");
      Path place =
          file.isEmpty() ? ROOT.resolve(page) : ROOT.resolve(page).resolveSibling(file).normalize();
      assertThat(place).as("%s links to %s", page, target).exists();
      if (target.contains("#")) {
        assertThat(anchors(Files.readString(place)))
            .as("the headings of %s, to which %s links", place, page)
            .contains(target.replaceAll(".*#", ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCoordinateIsPublishedInThisVersion(Path page) throws IOException {
    String bom = text(Path.of("adapters/bom/pom.xml"));
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(bom);
    assertThat(version.find()).isTrue();
    Matcher shown = COORDINATES.matcher(text(page));
    while (shown.find()) {
      assertThat(bom).contains("<artifactId>" + shown.group(1) + "</artifactId>");
      if (shown.group(2) != null) {
        assertThat(shown.group(2)).as(shown.group(1)).isEqualTo(version.group(1));
      }
    }
  }

  @Test
  void thePageOfPolicyListsTheGatesInTheirOrder() throws IOException {
    assertThat(
            Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
                .matcher(text(Path.of("engine/POLICY.md")))
                .results()
                .map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Arrays.stream(Decision.Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void theEnginesPageListsTheApiPackages() throws IOException {
    Path packages = ROOT.resolve("engine/src/main/java/dev/tourmaline/engine");
    try (Stream<Path> folders = Files.list(packages)) {
      assertThat(text(Path.of("engine/README.md")))
          .contains(
              folders
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .filter(name -> !name.equals("internal"))
                  .map(name -> "| `." + name + "` |")
                  .toList());
    }
  }

  @Test
  void everyTestThatThePageOnSecurityNamesExists() throws IOException {
    Set<String> tests;
    try (Stream<Path> files = Files.walk(ROOT)) {
      tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Test.java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    Set<String> named = new TreeSet<>();
    Matcher name = Pattern.compile("`(\\w+Test)`").matcher(text(Path.of("SECURITY.md")));
    while (name.find()) {
      named.add(name.group(1));
    }
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests).containsAll(named);
  }

  private static String text(Path page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }

  private static String withoutBlocks(String page) {
    return BLOCK.matcher(page).replaceAll("");
  }

  /** The anchors of a page's headings, as they are made on the code host. */
  private static List<String> anchors(String page) {
    return HEADING
        .matcher(withoutBlocks(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
