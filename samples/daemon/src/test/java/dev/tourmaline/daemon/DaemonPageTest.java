package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tourmaline.daemon.config.ConfigReader;
import dev.tourmaline.daemon.config.DaemonConfig;
import dev.tourmaline.daemon.config.InvalidConfigException;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
      List.of("run", "validate", "replay", "register", "explain", "stats", "object", "demo");

  /** A name that is like no key, so that its fault lists the keys there are. */
  private static final String NO_KEY = "zzzzzzzzzz";

  private static final String SECRET = "s".repeat(32);
  private static final String PRODUCT =
      "products: [{id: p, stream: {url: \"http://127.0.0.1/\", token: %s}}]".formatted(SECRET);

  @TempDir Path folder;

  @Test
  void theKeysOfTheConfigurationAreThoseThatItsReaderKnows() throws IOException {
    assertThat(cells("Configuration", 0)).containsExactlyInAnyOrderElementsOf(knownKeys());
  }

  @Test
  void theDefaultsAreThoseOfTheReader() throws IOException {
    DaemonConfig config =
        read(
            "http: {session_secret: %s}\nadmin: {}\n".formatted(SECRET)
                + "sinks: [{type: browser}]\n"
                + PRODUCT);
    DaemonConfig.Http http = config.http().orElseThrow();
    DaemonConfig.Admin admin = config.admin().orElseThrow();
    DaemonConfig.Sink.Browser browser = (DaemonConfig.Sink.Browser) config.sinks().get(0);
    TriggerPolicy policy = config.policy();
    Map<String, Object> defaults = new TreeMap<>();
    defaults.put("products.stream.on_fatal", config.products().get(0).onFatal());
    defaults.put("http.host", http.host().name());
    defaults.put("http.port", http.port());
    defaults.put("admin.host", admin.host().name());
    defaults.put("admin.port", admin.port());
    defaults.put("sinks", "log, and browser with http");
    defaults.put("sinks.ttl", browser.timeToLive().toSeconds() + "s");
    defaults.put("policy.once_per", policy.oncePer());
    defaults.put("policy.between_tours", policy.betweenTours().toMinutes() + "m");
    defaults.put("policy.per_user_per_day", policy.perUserPerDay());
    defaults.put("policy.per_user_per_week", policy.perUserPerWeek());
    defaults.put("policy.cooldown", policy.cooldown().toSeconds() + "s");
    defaults.put("policy.fresh_for", policy.freshFor().toSeconds() + "s");
    defaults.put("policy.invite", policy.invite());
    defaults.put("policy.snooze", policy.snooze().toDays() + "d");
    defaults.put("policy.mode", policy.mode());
    defaults.put("attributes.timeout", "500ms");
    defaults.put("policy.holdout", Math.round(100 * policy.holdout()) + "%");

    assertThat(shownInTicks(2)).containsExactlyInAnyOrderEntriesOf(inLowerCase(defaults));
    assertThat(http.publishTokens()).isEmpty();
    assertThat(admin.tokens()).isEmpty();
    assertThat(http.cors()).isEmpty();
    assertThat(read("http: {session_secret: %s}\n".formatted(SECRET) + PRODUCT).sinks())
        .extracting(DaemonConfig.Sink::type)
        .containsExactly("log", "browser");
    assertThat(read(PRODUCT).sinks()).extracting(DaemonConfig.Sink::type).containsExactly("log");
  }

  @Test
  void theRangesAreThoseOfTheReader() throws IOException {
    String faults =
        catchThrowableOfType(
                InvalidConfigException.class,
                () ->
                    read(
                        """
                        http: {port: -1, session_secret: a, publish_token: a}
                        admin: {port: x, token: a}
                        policy: {per_user_per_day: 0, holdout: 101%, once_per: x}
                        sinks: [{type: browser, ttl: 0s}]
                        products: [{id: p, stream: {url: "http://x/", token: a, on_fatal: x}, usertour: {secret: a}}]
                        """))
            .getMessage();
    Map<String, String> ranges = new TreeMap<>();
    Pattern.compile(
            "(\\S+): (?:is|the) .*?(\\d+ to \\d+|at least \\d+(?: bytes)?|longer than|0% to 100%|exit or .*)")
        .matcher(faults)
        .results()
        .forEach(fault -> ranges.put(fault.group(1).replaceAll("\\[\\d]", ""), fault.group(2)));

    assertThat(ranges.keySet())
        .containsExactlyInAnyOrder(
            "http.port",
            "http.session_secret",
            "http.publish_token",
            "admin.port",
            "admin.token",
            "policy.per_user_per_day",
            "policy.holdout",
            "sinks.ttl",
            "products.stream.token",
            "products.stream.on_fatal",
            "products.usertour.secret");
    ranges.forEach(
        (key, range) ->
            assertThat(row(key)).as(key).contains(range.replaceAll(" or ", " ").split(" ")));
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
                .filter(row -> row.get(0).startsWith("`") && !row.get(1).startsWith("`"))
                .map(row -> row.stream().filter(cell -> !cell.isEmpty()).toList()))
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

  private DaemonConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("a.drl"), "");
    Path file = Files.writeString(folder.resolve("defaults.yaml"), yaml + "\nrules: [a.drl]\n");
    return ConfigReader.read(file, Map.of());
  }

  private static String row(String key) {
    return rowsOf("Configuration")
        .filter(row -> row.get(0).equals("`" + key + "`"))
        .map(row -> String.join(" | ", row))
        .findFirst()
        .orElseThrow();
  }

  /** What stands in a column in ticks, by key. */
  private static Map<String, String> shownInTicks(int column) {
    Map<String, String> shown = new TreeMap<>();
    rowsOf("Configuration")
        .filter(row -> row.get(column).startsWith("`"))
        .forEach(row -> shown.put(row.get(0).replace("`", ""), row.get(column).replace("`", "")));
    return shown;
  }

  private static Map<String, String> inLowerCase(Map<String, Object> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, value.toString().toLowerCase(Locale.ROOT)));
    return texts;
  }

  private static Stream<List<String>> rowsOf(String section) {
    try {
      return rows(section);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
              products: [{%1$s, stream: {%1$s}, usertour: {%1$s}}]
              http: {%1$s}
              admin: {%1$s}
              policy: {%1$s, quiet: {%1$s}}
              attributes: {%1$s}
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
