package dev.tourmaline.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tourmaline.daemon.config.DaemonConfig.OnFatal;
import dev.tourmaline.daemon.config.DaemonConfig.Sink;
import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.Mode;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AUTOPLAY_APP_UNKEY_TOKEN", "uk_live_12345678",
          "SESSION_SECRET", SECRET,
          "PUBLISH_TOKEN", "publish-12345678",
          "ADMIN_TOKEN", "admin-12345678",
          "EMPTY", "");
  private static final String MINIMAL =
      """
      products:
        - id: prod_abc
          stream: {url: "http://127.0.0.1:9000/stream/prod_abc", token: "${AUTOPLAY_APP_UNKEY_TOKEN}"}
      rules: [./rules]
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeARule() throws IOException {
    Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        folder.resolve("rules/billing.drl"),
        """
            rule "Billing" @flow("tour_billing")
            when
                $a : Action( pageview )
            then
                tours.offer($a, "seen");
            end
            """);
  }

  @Test
  void theDocumentedExampleIsReadInFull() throws IOException {
    DaemonConfig config =
        read(
            """
            products:
              - id: prod_abc
                stream: {url: "http://127.0.0.1:9000/stream/prod_abc", token: "${AUTOPLAY_APP_UNKEY_TOKEN}", on_fatal: degrade}
            rules: [./rules, "pack:navigation"]
            http:  {host: 127.0.0.1, port: 8082, session_secret: "${SESSION_SECRET}", publish_token: "${PUBLISH_TOKEN}", cors: ["https://app.example.com"], public_origin: "https://tours.example.com", max_connections: 500}
            admin: {host: 127.0.0.1, port: 9091, token: "${ADMIN_TOKEN}"}
            sinks: [{type: log}, {type: jsonl, file: triggers.jsonl}, {type: browser, ttl: 45s}]
            policy: {once_per: session, between_tours: 1h30m, per_user_per_day: 3, holdout: 0%}
            """);
    assertThat(config.products()).hasSize(1);
    DaemonConfig.Product product = config.products().get(0);
    assertThat(product.id()).isEqualTo("prod_abc");
    assertThat(product.url()).isEqualTo(URI.create("http://127.0.0.1:9000/stream/prod_abc"));
    assertThat(product.token().get()).isEqualTo("uk_live_12345678");
    assertThat(product.onFatal()).isEqualTo(OnFatal.DEGRADE);
    assertThat(config.rules().orElseThrow().locations())
        .containsExactly("./rules", "pack:navigation");
    assertThat(config.rules().orElseThrow().rules().sources()).hasSizeGreaterThan(1);
    DaemonConfig.Http http = config.http().orElseThrow();
    assertThat(http.port()).isEqualTo(8082);
    assertThat(http.sessionSecrets()).extracting(Secret::get).containsExactly(SECRET);
    assertThat(http.publishTokens()).extracting(Secret::get).containsExactly("publish-12345678");
    assertThat(http.cors()).containsExactly("https://app.example.com");
    assertThat(http.publicOrigin()).hasValue("https://tours.example.com");
    assertThat(http.maxConnections()).hasValue(500);
    assertThat(config.admin().orElseThrow().port()).isEqualTo(9091);
    assertThat(config.sinks())
        .containsExactly(
            new Sink.Log(),
            new Sink.JsonLines(folder.resolve("triggers.jsonl")),
            new Sink.Browser(Duration.ofSeconds(45)));
    assertThat(config.policy().oncePer()).isEqualTo(Frequency.ONCE_PER_SESSION);
    assertThat(config.policy().betweenTours()).isEqualTo(Duration.ofMinutes(90));
    assertThat(config.policy().perUserPerDay()).isEqualTo(3);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void whatIsLeftOutHasTheDocumentedDefaults() throws IOException {
    DaemonConfig config = read(MINIMAL);
    assertThat(config.products().get(0).onFatal()).isEqualTo(OnFatal.EXIT);
    assertThat(config.http()).isEmpty();
    assertThat(config.admin()).isEmpty();
    assertThat(config.sinks()).containsExactly(new Sink.Log());
    assertThat(config.policy().oncePer()).isEqualTo(Frequency.ONCE_PER_USER);
    assertThat(config.policy().betweenTours()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.policy().perUserPerDay()).isEqualTo(1);
    assertThat(config.policy().perUserPerWeek()).isEqualTo(3);
    assertThat(config.attributes()).isEmpty();
    DaemonConfig withHttp = read(MINIMAL + "http: {session_secret: \"${SESSION_SECRET}\"}\n");
    assertThat(withHttp.sinks())
        .containsExactly(new Sink.Log(), new Sink.Browser(Duration.ofSeconds(30)));
  }

  @Test
  void everyKeyOfThePolicyIsRead() throws IOException {
    Files.writeString(folder.resolve("users.json"), "{}");
    DaemonConfig config =
        read(
            MINIMAL
                + """
                attributes: {file: users.json}
                policy:
                  once_per: 3 per 7d
                  cooldown: 1d
                  per_user_per_hour: 1
                  per_user_per_week: 5
                  fresh_for: 30s
                  invite: true
                  snooze: 4h
                  never_on: ["/checkout/**", "/pay/:id"]
                  holdout: 2.5%
                  mode: shadow
                  segments: {testers: 'User.attribute("beta") == true'}
                  quiet: {from: "22:00", to: "07:00", zone: Europe/Berlin}
                """);
    TriggerPolicy policy = config.policy();
    assertThat(policy.oncePer()).isEqualTo(Frequency.times(3, Duration.ofDays(7)));
    assertThat(policy.cooldown()).isEqualTo(Duration.ofDays(1));
    assertThat(policy.perUserPerHour()).isEqualTo(1);
    assertThat(policy.perUserPerWeek()).isEqualTo(5);
    assertThat(policy.freshFor()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.invite()).isTrue();
    assertThat(policy.snooze()).isEqualTo(Duration.ofHours(4));
    assertThat(policy.neverOn()).containsExactly("/checkout/**", "/pay/:id");
    assertThat(policy.holdout()).isEqualTo(0.025);
    assertThat(policy.mode()).isEqualTo(Mode.SHADOW);
    assertThat(policy.segments()).containsOnlyKeys("testers");
    assertThat(policy.quiet())
        .hasValue(
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin")));
    assertThat(config.attributes())
        .hasValue(new DaemonConfig.Attributes.OfFile(folder.resolve("users.json")));
  }

  @Test
  void everyFaultOfThePolicyIsToldTogether() {
    List<ConfigFault> faults =
        faults(
            MINIMAL
                + """
                attributes: {url: "ftp://x"}
                policy:
                  once_per: 0 per 7d
                  per_user_per_hour: 0
                  fresh_for: 0s
                  invite: maybe
                  never_on: [checkout]
                  holdout: 120%
                  mode: quiet
                  quiet: {from: "25:00", to: "07:00", zone: Mars/Base}
                """);
    assertThat(faults)
        .extracting(ConfigFault::path)
        .containsExactlyInAnyOrder(
            "attributes.url",
            "policy.once_per",
            "policy.per_user_per_hour",
            "policy.fresh_for",
            "policy.invite",
            "policy.never_on",
            "policy.holdout",
            "policy.mode",
            "policy.quiet.from",
            "policy.quiet.zone");
  }

  @Test
  void tenFaultsAreReportedTogetherEachWithItsKeyAndLine() {
    List<ConfigFault> faults =
        faults(
            """
            products:
              - id: prod_abc
                stream:
                  url: "127.0.0.1:9000"
                  token: "${NOT_SET}"
                  on_fatal: explode
                  retries: 3
            rules: ["./ruels", "pack:navigaton"]
            http: {port: 80811, session_secret: "${EMPTY}", cors: ["https://app.example.com/x"]}
            polcy: {}
            policy: {between_tours: 30 minutes}
            """);
    assertThat(faults)
        .extracting(fault -> fault.line() + " " + fault.path())
        .containsExactly(
            "4 products[0].stream.url",
            "5 products[0].stream.token",
            "6 products[0].stream.on_fatal",
            "7 products[0].stream.retries",
            "8 rules[0]",
            "8 rules[1]",
            "9 http.port",
            "9 http.session_secret",
            "9 http.cors[0]",
            "10 polcy",
            "11 policy.between_tours");
    assertThat(faults)
        .extracting(ConfigFault::message)
        .satisfiesExactly(
            url -> assertThat(url).contains("'127.0.0.1:9000'", "must be a URL such as"),
            token -> assertThat(token).contains("NOT_SET is not set"),
            fatal -> assertThat(fatal).contains("'explode'", "exit or degrade"),
            retries -> assertThat(retries).contains("no key here", "url, token, on_fatal"),
            missing -> assertThat(missing).contains("there is no file or folder './ruels'"),
            pack -> assertThat(pack).contains("did you mean 'navigation'?"),
            port -> assertThat(port).contains("'80811'", "from 0 to 65535"),
            secret -> assertThat(secret).contains("EMPTY is empty"),
            cors ->
                assertThat(cors).contains("'https://app.example.com/x'", "must look like https://"),
            key -> assertThat(key).contains("did you mean 'policy'?"),
            duration -> assertThat(duration).contains("'30 minutes'", "such as 30s"));
  }

  @Test
  void anOriginThatNoBrowserSendsIsAFaultOfTheFile() {
    List<ConfigFault> faults =
        faults(
            MINIMAL
                + """
                http:
                  session_secret: "${SESSION_SECRET}"
                  cors: ["https://my_app.example.com", "https://app.example.com:99999"]
                  public_origin: "https://Tours.example.com"
                  max_connections: 7
                """);
    assertThat(faults)
        .extracting(fault -> fault.path() + " " + fault.message())
        .containsExactly(
            "http.cors[0] is 'https://my_app.example.com', it must be an origin and must have a host of"
                + " letters a to z, digits, - and .",
            "http.cors[1] is 'https://app.example.com:99999', it must be an origin and must have a"
                + " port from 1 to 65535",
            "http.public_origin is 'https://Tours.example.com', it must be an origin and must be in lower"
                + " case, as browsers send it",
            "http.max_connections is '7', it must be a whole number from 8 to 1000000");
  }

  @Test
  void durationsAreWrittenAsInRules() throws IOException {
    for (String text : List.of("90s", "1m30s", "\" 90s\"")) {
      assertThat(read(MINIMAL + "policy: {between_tours: %s}\n".formatted(text)).policy())
          .extracting(TriggerPolicy::betweenTours)
          .isEqualTo(Windows.parse(" 90s").orElseThrow());
    }
  }

  @Test
  void errorsOfTheRulesAreReportedBesideThoseOfTheFile() throws IOException {
    Files.writeString(folder.resolve("rules/broken.drl"), "rule \"B\" when Acton() then end\n");
    assertThat(faults(MINIMAL + "polcy: {}\n"))
        .extracting(fault -> fault.path() + " " + fault.message())
        .anySatisfy(text -> assertThat(text).startsWith("rules ").contains("broken.drl:1: error:"))
        .anySatisfy(text -> assertThat(text).startsWith("polcy "));
  }

  @Test
  void anEmptyFileSaysWhatIsMissing() {
    assertThat(faults("")).extracting(ConfigFault::path).containsExactly("products", "rules");
  }

  @Test
  void listsThatMustHoldSomethingMayNotBeEmpty() {
    assertThat(faults(MINIMAL.replace("[./rules]", "[]")))
        .extracting(fault -> fault.path() + " " + fault.message())
        .containsExactly("rules is an empty list, it must name at least one place");
    assertThat(faults("products: []\nrules: [./rules]\n"))
        .extracting(ConfigFault::path)
        .containsExactly("products");
  }

  @Test
  void whatIsPlannedIsRecognisedAndAnsweredNotYetAvailable() {
    List<ConfigFault> faults =
        faults(
            """
            products:
              - id: prod_abc
                stream: {url: "http://127.0.0.1:9000/s", token: "${AUTOPLAY_APP_UNKEY_TOKEN}"}
                webhook: {secret: "${AUTOPLAY_APP_UNKEY_TOKEN}"}
            rules: [./rules]
            store: {directory: data}
            sinks: [{type: webhook, url: "https://hook.example.com", secret: "${EMPTY}", ttl: 1h}]
            """);
    assertThat(faults)
        .extracting(ConfigFault::path)
        .containsExactly("products[0].webhook", "store", "sinks[0].type");
    assertThat(faults)
        .allSatisfy(fault -> assertThat(fault.message()).contains("not yet available"));
  }

  @Test
  void aSecretFileIsRereadWhenChangedAndKeptWhenDeleted() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "first-12345678\n");
    Secret secret =
        read(MINIMAL.replace("${AUTOPLAY_APP_UNKEY_TOKEN}", "${file:token}"))
            .products()
            .get(0)
            .token();
    assertThat(secret.get()).isEqualTo("first-12345678");
    Path next = Files.writeString(folder.resolve("next"), "second-12345678\n");
    Files.move(next, token, StandardCopyOption.REPLACE_EXISTING);
    assertThat(secret.get()).isEqualTo("second-12345678");
    Files.delete(token);
    assertThat(secret.get()).isEqualTo("second-12345678");
    assertThat(secret).hasToString("***");
  }

  @Test
  void twoSecretsMayStandInAListWhileTheyRotate() throws IOException {
    String http = "http: {session_secret: [\"${SESSION_SECRET}\", \"x%s\"]}\n".formatted(SECRET);
    assertThat(read(MINIMAL + http).http().orElseThrow().sessionSecrets())
        .extracting(Secret::get)
        .containsExactly(SECRET, "x" + SECRET);
    assertThat(faults(MINIMAL + "http: {session_secret: [a, b, c]}\n"))
        .extracting(ConfigFault::message)
        .containsExactly("is a list of 3 secrets, it must be one, or two while they rotate");
  }

  @Test
  void usertoursSecretIsRereadFromItsFileAndMayRotate() throws IOException {
    String first = "whsec_" + "0a".repeat(32);
    Path file = Files.writeString(folder.resolve("usertour"), first + "\n");
    List<Secret> secrets =
        read(withUsertour("{secret: [\"${file:usertour}\", \"${SESSION_SECRET}\"]}"))
            .products()
            .get(0)
            .usertourSecrets();
    assertThat(secrets).extracting(Secret::get).containsExactly(first, SECRET);
    Files.writeString(file, first + "0b");
    assertThat(secrets.get(0).get()).isEqualTo(first + "0b");
    assertThat(read(MINIMAL).products().get(0).usertourSecrets()).isEmpty();
  }

  @Test
  void aFaultOfUsertoursSecretIsNamed() {
    assertThat(usertourFaults(withUsertour("{secret: whsec_0a0a}")))
        .containsExactly(
            "products[0].usertour.secret is too short; it must have at least 32 bytes, such as"
                + " 'openssl rand -hex 32' prints");
    assertThat(usertourFaults(withUsertour("{secret: \"${EMPTY}\"}")))
        .containsExactly("products[0].usertour.secret the environment variable EMPTY is empty");
    assertThat(usertourFaults(withUsertour("{}")))
        .containsExactly(
            "products[0].usertour.secret is missing; the signing secret of the webhook in Usertour:"
                + " ${USERTOUR_SECRET}");
    assertThat(usertourFaults(withUsertour("{secret: \"${SESSION_SECRET}\", url: x}")))
        .containsExactly("products[0].usertour.url is no key here; there are secret");
    assertThat(
            usertourFaults(
                withUsertour("{secret: \"${SESSION_SECRET}\"}").replaceAll("(?m)^http:.*\n", "")))
        .containsExactly(
            "products[0].usertour.secret is of no use without http, which is where Usertour's server"
                + " calls");
  }

  private static String withUsertour(String block) {
    return MINIMAL.replace("rules:", "    usertour: " + block + "\nrules:")
        + "http: {session_secret: \"${SESSION_SECRET}\"}\n";
  }

  private List<String> usertourFaults(String yaml) {
    return faults(yaml).stream().map(fault -> fault.path() + " " + fault.message()).toList();
  }

  @Test
  void noFaultAndNoTextShowsASecret() throws IOException {
    String literal = "hush-hush";
    List<ConfigFault> faults =
        faults(
            MINIMAL.replace("http://127.0.0.1", "http://me:" + literal + "@127.0.0.1")
                + "http: {session_secret: "
                + literal
                + ", publish_token: ["
                + literal
                + "], port: x}\nadmin: {token: {a: "
                + literal
                + "}}\n");
    assertThat(faults).hasSize(4);
    assertThat(faults.toString()).doesNotContain(literal);
    assertThat(read(MINIMAL).toString()).doesNotContain("uk_live_");
  }

  @Test
  void textThatIsNoYamlIsNamedByLineWithoutBeingQuoted() {
    assertThat(faults("products:\n  - id: prod_abc\n token: hush-hush\n"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(3);
              assertThat(fault.message()).contains("this is not YAML").doesNotContain("hush");
            });
  }

  @Test
  void aKeyThatStandsTwiceIsAFault() {
    assertThat(faults(MINIMAL + "rules: [./rules]\n"))
        .singleElement()
        .hasToString(
            new ConfigFault(5, "rules", "stands twice, the first time in line 4").toString());
  }

  @Test
  void secretsInTheFileAndPlainHttpToAnotherMachineAreWarnedOf() throws IOException {
    DaemonConfig config =
        read(
            MINIMAL
                .replace("127.0.0.1", "connector.example.com")
                .replace("${AUTOPLAY_APP_UNKEY_TOKEN}", "uk_live_12345678"));
    assertThat(config.warnings())
        .satisfiesExactly(
            token -> assertThat(token).contains("products[0].stream.token").contains("${NAME}"),
            url -> assertThat(url).contains("plain http"));
  }

  @Test
  void aBrowserSinkNeedsThePortForBrowsers() {
    assertThat(
            faults(MINIMAL + "sinks: [{type: browser}, {type: log}, {type: log}, {type: lgo}]\n"))
        .extracting(ConfigFault::message)
        .satisfiesExactly(
            browser -> assertThat(browser).contains("needs the block http"),
            twice -> assertThat(twice).contains("stands here twice: log"),
            typo -> assertThat(typo).contains("did you mean 'log'?"));
  }

  private DaemonConfig read(String yaml) throws IOException {
    Path file = folder.resolve("tourmaline.yaml");
    Files.writeString(file, yaml);
    return ConfigReader.read(file, ENVIRONMENT);
  }

  private List<ConfigFault> faults(String yaml) {
    return catchThrowableOfType(InvalidConfigException.class, () -> read(yaml)).faults();
  }
}
