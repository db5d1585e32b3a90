package dev.tourmaline.daemon.config;

import dev.tourmaline.adapter.http.WebOrigin;
import dev.tourmaline.daemon.config.DaemonConfig.Admin;
import dev.tourmaline.daemon.config.DaemonConfig.Host;
import dev.tourmaline.daemon.config.DaemonConfig.Http;
import dev.tourmaline.daemon.config.DaemonConfig.OnFatal;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.rules.RuleLocations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a configuration file and reports everything that is wrong with it together. */
public final class ConfigReader {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int TOKEN_BYTES = 8;
  private static final int SESSION_SECRET_BYTES = 32;
  private static final int WEBHOOK_SECRET_BYTES = 32;
  private static final Set<String> NOT_FOR_REPLAY =
      Set.of("products", "http", "admin", "sinks", "store", "record");

  private final Faults faults;
  private final List<String> warnings = new ArrayList<>();
  private final Template.Scope scope;

  private ConfigReader(Path file, Map<String, String> environment, Set<String> ignoredBlocks) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    scope = new Template.Scope(environment, folder);
    faults = new Faults(ignoredBlocks);
  }

  /**
   * What a replay takes from a configuration.
   *
   * @param rules the rules, read and not yet compiled; none if they were not asked for
   * @param policy when a tour is welcome
   */
  public record ForReplay(RuleSet rules, TriggerPolicy policy) {}

  /**
   * {@return the configuration of a file}
   *
   * @throws InvalidConfigException with everything that is wrong with the file
   */
  public static DaemonConfig read(Path file, Map<String, String> environment) {
    return new ConfigReader(file, environment, Set.of()).readFile(file);
  }

  /**
   * {@return what a replay takes from the configuration of a file; faults elsewhere in the file do
   * not matter, so no secret need be at hand}
   *
   * @param withRules whether the rules are taken too
   * @throws InvalidConfigException with everything that is wrong with what is taken
   */
  public static ForReplay readForReplay(
      Path file, Map<String, String> environment, boolean withRules) {
    Set<String> ignored = new HashSet<>(NOT_FOR_REPLAY);
    if (!withRules) {
      ignored.add("rules");
    }
    DaemonConfig config = new ConfigReader(file, environment, ignored).readFile(file);
    return new ForReplay(withRules ? config.rules() : RuleSet.empty(), config.policy());
  }

  private DaemonConfig readFile(Path file) {
    Optional<DaemonConfig> config = Optional.empty();
    try {
      config = YamlReader.read(SmallFile.read(file), faults).flatMap(this::document);
    } catch (NoSuchFileException e) {
      faults.add(0, "", "there is no such file");
    } catch (CharacterCodingException e) {
      faults.add(0, "", "is no text in UTF-8");
    } catch (SmallFile.TooLargeException e) {
      faults.add(0, "", e.getMessage() + ", which no configuration is");
    } catch (IOException e) {
      faults.add(
          0,
          "",
          Files.isDirectory(file)
              ? "is a folder; it must be a file"
              : "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    if (config.isEmpty() || !faults.isEmpty()) {
      throw new InvalidConfigException(file.toString(), faults.inOrder());
    }
    return config.get();
  }

  private Optional<DaemonConfig> document(YamlNode node) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      faults.add(node.line(), "", "the file is " + node.kind() + ", it must be a block of keys");
      return Optional.empty();
    }
    Section root = new Section(mapping, "", faults, scope);
    List<Product> products = products(root);
    List<Section.Item> ruleItems = root.texts("rules");
    RuleSet rules = rules(root, ruleItems);
    Optional<Http> http = root.section("http").map(this::http);
    Optional<Admin> admin = root.section("admin").map(this::admin);
    checkPorts(root, http, admin);
    List<DaemonConfig.Sink> sinks = new SinkReader(faults, scope).read(root, http.isPresent());
    TriggerPolicy policy =
        root.section("policy").map(this::policy).orElseGet(TriggerPolicy::defaults);
    root.notYet("store", "leave it out: decisions are kept in memory");
    root.notYet("record", "leave it out");
    root.end();
    if (!faults.isEmpty()) {
      // Where all else is well, the engine reports the rules' problems when it compiles them.
      RuleBase.check(rules).stream()
          .filter(problem -> problem.severity() == RuleProblem.Severity.ERROR)
          .forEach(problem -> root.fault("rules", problem.toString()));
    }
    return Optional.of(
        new DaemonConfig(
            products,
            rules,
            ruleItems.stream().map(Section.Item::text).toList(),
            scope.folder(),
            http,
            admin,
            sinks,
            policy,
            warnings));
  }

  private List<Product> products(Section root) {
    root.missing("products", "list at least one product with its id and stream");
    List<Product> products = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<Section> sections = root.sections("products");
    if (root.has("products") && sections.isEmpty() && faults.isEmpty()) {
      root.fault("products", "is an empty list, it must hold at least one product");
    }
    for (Section section : sections) {
      String id = section.text("id").orElse("");
      section.missing("id", "the product's identifier at the connector, such as prod_abc");
      if (!id.isEmpty() && !ids.add(id)) {
        section.fault(
            "id",
            "is '%s', which stands here twice; one entry per product"
                .formatted(section.shown("id", id)));
      }
      section.notYet("webhook", "leave it out and read the stream");
      section.missing("stream", "give its url and token");
      List<Secret> usertour =
          section.section("usertour").map(block -> usertour(block, root)).orElse(List.of());
      section
          .section("stream")
          .flatMap(stream -> stream(id, stream, usertour))
          .ifPresent(products::add);
      section.end();
    }
    return products;
  }

  private List<Secret> usertour(Section section, Section root) {
    section.missing("secret", "the signing secret of the webhook in Usertour: ${USERTOUR_SECRET}");
    List<Secret> secrets = section.secrets("secret", WEBHOOK_SECRET_BYTES, warnings);
    section.end();
    if (!root.has("http")) {
      section.fault("secret", "is of no use without http, which is where Usertour's server calls");
    }
    return secrets;
  }

  private Optional<Product> stream(String id, Section stream, List<Secret> usertour) {
    stream.missing("url", "such as https://connector.example.com/stream/prod_abc");
    stream.missing("token", "the bearer token of the stream, such as ${AUTOPLAY_APP_UNKEY_TOKEN}");
    Optional<URI> url = url(stream, "url");
    List<Secret> tokens = stream.secrets("token", TOKEN_BYTES, warnings);
    if (tokens.size() > 1) {
      stream.fault("token", "is a list of two, but a stream is asked for with one token only");
    }
    OnFatal onFatal = stream.oneOf("on_fatal", OnFatal.EXIT);
    stream.end();
    if (url.isEmpty() || tokens.size() != 1) {
      return Optional.empty();
    }
    if (Hosts.isReadableOnTheWay(url.get().toString())) {
      warnings.add(
          stream.path("url") + " is plain http: the token is readable on the way; use https");
    }
    return Optional.of(new Product(id, url.get(), tokens.get(0), onFatal, usertour));
  }

  private static Optional<URI> url(Section section, String key) {
    return section
        .text(key)
        .flatMap(
            text -> {
              URI url;
              try {
                url = URI.create(text);
              } catch (IllegalArgumentException e) {
                url = URI.create("");
              }
              if (url.getRawUserInfo() != null) {
                section.fault(key, "holds a user name or password; secrets do not belong in a URL");
                return Optional.empty();
              }
              if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
                section.fault(
                    key,
                    "is '%s', it must be a URL such as https://connector.example.com/stream/prod_abc"
                        .formatted(section.raw(key)));
                return Optional.empty();
              }
              Optional<String> fault = Hosts.fault(url);
              fault.ifPresent(
                  what ->
                      section.fault(key, "is '%s', which %s".formatted(section.raw(key), what)));
              return fault.isPresent() ? Optional.empty() : Optional.of(url);
            });
  }

  private RuleSet rules(Section root, List<Section.Item> items) {
    root.missing("rules", "name a folder, a file, or a pack such as \"pack:navigation\"");
    if (root.has("rules") && items.isEmpty() && faults.isEmpty()) {
      root.fault("rules", "is an empty list, it must name at least one place");
    }
    RuleSet rules = RuleSet.empty();
    for (Section.Item item : items) {
      try {
        rules = rules.plus(RuleLocations.read(item.text(), scope.folder()));
      } catch (IllegalArgumentException e) {
        faults.add(
            item.line(),
            item.path(),
            item.isLiteral()
                ? String.valueOf(e.getMessage())
                : "is '%s', whose value names no rules that can be read".formatted(item.shown()));
      }
    }
    return rules;
  }

  private Http http(Section section) {
    section.missing("session_secret", "browsers show tokens signed with it: ${SESSION_SECRET}");
    Http http =
        new Http(
            host(section),
            section.integer("port", 8081, 0, 65_535),
            section.secrets("session_secret", SESSION_SECRET_BYTES, warnings),
            section.secrets("publish_token", TOKEN_BYTES, warnings),
            origins(section),
            publicOrigin(section),
            section.has("max_connections")
                ? OptionalInt.of(section.integer("max_connections", 8, 8, 1_000_000))
                : OptionalInt.empty());
    section.end();
    return http;
  }

  private List<String> origins(Section section) {
    List<String> origins = new ArrayList<>();
    for (Section.Item item : section.texts("cors")) {
      Optional<String> fault = WebOrigin.fault(item.text());
      if (fault.isEmpty()) {
        origins.add(item.text());
      } else {
        faults.add(item.line(), item.path(), noOrigin(item.shown(), fault.get()));
      }
    }
    return origins;
  }

  private static Host host(Section section) {
    String name = section.text("host").orElse(LOOPBACK);
    return new Host(name, section.has("host") ? section.shown("host", name) : name);
  }

  private static Optional<String> publicOrigin(Section section) {
    Optional<String> origin = section.text("public_origin");
    origin
        .flatMap(WebOrigin::fault)
        .ifPresent(
            fault ->
                section.fault(
                    "public_origin",
                    noOrigin(section.shown("public_origin", origin.get()), fault)));
    return origin;
  }

  private static String noOrigin(String text, String fault) {
    return "is '%s', it must be an origin and %s".formatted(text, fault);
  }

  private Admin admin(Section section) {
    Admin admin =
        new Admin(
            host(section),
            section.integer("port", 9090, 0, 65_535),
            section.secrets("token", TOKEN_BYTES, warnings));
    section.end();
    return admin;
  }

  private static void checkPorts(Section root, Optional<Http> http, Optional<Admin> admin) {
    if (http.isPresent()
        && admin.isPresent()
        && http.get().port() != 0
        && http.get().port() == admin.get().port()) {
      root.fault(
          "admin", "has port %d, as http has; each needs its own".formatted(admin.get().port()));
    }
  }

  private static Frequency frequency(Section section) {
    String text = section.text("once_per").orElse("user");
    Optional<Frequency> frequency = Frequency.parse(text);
    if (frequency.isEmpty()) {
      section.fault(
          "once_per",
          "is '%s', it must be user, session, always or such as '3 per 7d'"
              .formatted(section.raw("once_per")));
    }
    return frequency.orElse(Frequency.ONCE_PER_USER);
  }

  private TriggerPolicy policy(Section section) {
    TriggerPolicy.Builder policy =
        TriggerPolicy.builder()
            .oncePer(frequency(section))
            .betweenTours(section.duration("between_tours", Duration.ofMinutes(30), true))
            .perUserPerDay(section.integer("per_user_per_day", 1, 1, Integer.MAX_VALUE));
    String holdout = section.text("holdout").orElse("0%");
    if (!holdout.matches("\\d{1,3}(\\.\\d+)?\\s*%")) {
      section.fault(
          "holdout", "is '%s', it must be a percentage: 0%%".formatted(section.raw("holdout")));
    } else if (!holdout.matches("0+(\\.0+)?\\s*%")) {
      section.fault(
          "holdout",
          "is '%s', but a holdout is not yet available; it must be 0%%"
              .formatted(section.raw("holdout")));
    }
    section.notYet("quiet", "leave it out: tours are welcome at any hour");
    section.end();
    return policy.build();
  }
}
