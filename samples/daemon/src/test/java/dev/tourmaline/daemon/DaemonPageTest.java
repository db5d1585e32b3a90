package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds this module's page to the program. */
class DaemonPageTest {

  private static final Path PAGE = Path.of("README.md");
  private static final Path MAIN_PAGE = Path.of("../../README.md");
  private static final List<String> COMMANDS =
      List.of("run", "validate", "replay", "register", "demo");

  /** A name that is like no key, so that its fault lists the keys there are. */
  private static final String NO_KEY = "zzzzzzzzzz";

  @TempDir Path folder;

  @Test
  void theKeysOfTheConfigurationAreThoseThatItsReaderKnows() throws IOException {
    assertThat(cells("Configuration", 0)).containsExactlyInAnyOrderElementsOf(knownKeys());
  }

  @Test
  void theConfigurationsShownAreInOrder() throws IOException {
    Files.createDirectories(folder.resolve("rules"));
    Files.writeString(folder.resolve("rules/help.drl"), block("file: rules/help.drl"));
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/publish_token"), "a".repeat(32));
    Map<String, String> environment = new HashMap<>();
    matches(PAGE, "\\$\\{([A-Z_]+)}")
        .forEach(name -> environment.put(name.group(1), "b".repeat(32)));
    List<MatchResult> configurations =
        Stream.of(PAGE, MAIN_PAGE)
            .flatMap(page -> matches(page, "```yaml\n(.*?)```").stream())
            .toList();

    assertThat(configurations).hasSize(3);
    for (MatchResult configuration : configurations) {
      Path file = Files.writeString(folder.resolve("tourmaline.yaml"), configuration.group(1));
      assertThat(ConfigReader.read(file, environment).warnings()).isEmpty();
    }
  }

  @Test
  void theOptionsAreThoseOfEachCommand() throws IOException {
    List<String> shown =
        matches(PAGE, "\\| `(\\w+)` \\| `(--[a-z-]+)").stream()
            .map(row -> row.group(1) + " " + row.group(2))
            .toList();

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            COMMANDS.stream()
                .flatMap(
                    command ->
                        Pattern.compile("^ +(?:-\\w, )?(--[a-z-]+)", Pattern.MULTILINE)
                            .matcher(help(command))
                            .results()
                            .map(option -> command + " " + option.group(1)))
                .filter(option -> !option.matches(".* --(help|version)"))
                .distinct()
                .toList());
  }

  @Test
  void theExitCodesAreThoseOfEachCommand() throws IOException {
    assertThat(
            rows("Commands")
                .filter(row -> row.get(0).startsWith("`") && !row.get(1).startsWith("`")))
        .containsExactlyElementsOf(COMMANDS.stream().map(DaemonPageTest::exitCodes).toList());
  }

  @Test
  void theReplayShownPrintsWhatIsShown() throws IOException {
    Files.createDirectories(folder.resolve("rules"));
    Path rules = Files.writeString(folder.resolve("rules/help.drl"), block("file: rules/help.drl"));
    Path events = Files.writeString(folder.resolve("events.jsonl"), block("file: events.jsonl"));
    Running program = new Running().with("TOURMALINE_CACHE", "off");

    int code = program.run("replay", "--rules", rules.toString(), "--events", events.toString());

    assertThat(program.err()).contains("triggers    1");
    assertThat(code).isZero();
    assertThat(block("output")).isEqualTo(program.out());
  }

  private Set<String> knownKeys() throws IOException {
    Set<String> keys = new TreeSet<>();
    String none = NO_KEY + ": 1";
    for (String sink : List.of("log", "jsonl", "browser", "webhook")) {
      Path file =
          Files.writeString(
              folder.resolve("keys.yaml"),
              """
              %1$s
              products: [{%1$s, stream: {%1$s}}]
              http: {%1$s}
              admin: {%1$s}
              policy: {%1$s}
              sinks: [{%1$s, type: %2$s}]
              """
                  .formatted(none, sink));
      InvalidConfigException faults =
          catchThrowableOfType(
              InvalidConfigException.class, () -> ConfigReader.read(file, Map.of()));
      Pattern.compile("(\\S*)" + NO_KEY + ": is no key here; there are (.+)")
          .matcher(faults.getMessage())
          .results()
          .forEach(
              block ->
                  Arrays.stream(block.group(2).split(", "))
                      .map(key -> block.group(1).replace("[0]", "") + key)
                      .forEach(keys::add));
    }
    return keys;
  }

  private static String help(String command) {
    Running program = new Running();
    program.run(command, "--help");
    return program.out();
  }

  private static List<String> exitCodes(String command) {
    String codes = help(command).replaceAll("(?s).*Exit codes:\n(.*?)\n\n.*", "$1");
    String oneLine = codes.replaceAll("\n {4,}", " ");
    return Stream.concat(
            Stream.of("`" + command + "`"),
            oneLine.lines().map(line -> line.strip().replaceFirst("^\\d +", "")))
        .toList();
  }

  private static List<String> cells(String section, int column) throws IOException {
    return rows(section)
        .map(row -> row.get(column))
        .filter(cell -> cell.startsWith("`"))
        .map(cell -> cell.replace("`", ""))
        .toList();
  }

  private static Stream<List<String>> rows(String section) throws IOException {
    String text = Files.readString(PAGE).replaceAll("(?s).*\n## " + section + "\n", "\n");
    return text.replaceAll("(?s)\n## .*", "")
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> Arrays.stream(line.split("(?<!\\\\)\\|")).skip(1).map(String::strip).toList());
  }

  /** The block of code behind a comment. */
  private static String block(String comment) {
    return matches(PAGE, "<!-- " + comment + " -->\n```\\w+\n(.*?)```").get(0).group(1);
  }

  private static List<MatchResult> matches(Path page, String pattern) {
    try {
      return Pattern.compile(pattern, Pattern.DOTALL)
          .matcher(Files.readString(page))
          .results()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
