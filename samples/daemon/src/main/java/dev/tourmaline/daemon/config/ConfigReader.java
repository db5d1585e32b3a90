package dev.tourmaline.daemon.config;

import dev.tourmaline.adapter.http.WebOrigin;
import dev.tourmaline.daemon.config.DaemonConfig.Admin;
import dev.tourmaline.daemon.config.DaemonConfig.Host;
import dev.tourmaline.daemon.config.DaemonConfig.Http;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a configuration file and reports everything that is wrong with it together. */
public final class ConfigReader {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int TOKEN_BYTES = 8;
  private static final int SESSION_SECRET_BYTES = 32;
  private static final Pattern NOT_FOR_REPLAY =
      Pattern.compile(
          "(products(\\[\\d+](\\.(?!(rules|policy)\\b).*)?)?|(http|admin|sinks|store|record)\\b.*)");
  private static final Pattern RULES = Pattern.compile("(products\\[\\d+]\\.)?rules\\b.*");

  private final Faults faults;
  private final List<String> warnings = new ArrayList<>();
  private final Template.Scope scope;
  private final ProductReader products;

  private ConfigReader(Path file, Map<String, String> environment, Predicate<String> ignored) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    scope = new Template.Scope(environment, folder);
    faults = new Faults(ignored);
    products = new ProductReader(faults, scope, warnings);
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
    return new ConfigReader(file, environment, path -> false).readFile(file);
  }

  /**
   * {@return what a replay takes from the configuration of a file; faults elsewhere in the file do
   * not matter, so no secret need be at hand}
   *
   * @param withRules whether the rules are taken too
   * @param product whose rules and policy; empty where no product has any of its own
   * @throws InvalidConfigException with everything that is wrong with what is taken
   */
  public static ForReplay readForReplay(
      Path file, Map<String, String> environment, boolean withRules, Optional<String> product) {
    Predicate<String> ignored =
        path ->
            NOT_FOR_REPLAY.matcher(path).matches() || !withRules && RULES.matcher(path).matches();
    ConfigReader reader = new ConfigReader(file, environment, ignored);
    DaemonConfig config = reader.readFile(file);
    ProductReader.Own own = reader.products.own(product);
    if (!reader.faults.isEmpty()) {
      throw new InvalidConfigException(file.toString(), reader.faults.inOrder());
    }
    Optional<RuleSources> rules = own.rules().or(config::rules).filter(named -> withRules);
    return new ForReplay(
        rules.map(RuleSources::rules).orElse(RuleSet.empty()),
        own.policy().orElse(config.policy()));
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
    TriggerPolicy policy =
        root.section("policy")
            .map(section -> new PolicySection(section).read(TriggerPolicy.defaults()))
            .orElseGet(TriggerPolicy::defaults);
    Optional<RuleSources> rules = RuleSources.read(root, faults, scope.folder());
    List<Product> read = products.read(root, policy);
    if (products.areRulesNeeded()) {
      root.missing("rules", "name a folder, a file, or a pack such as \"pack:navigation\"");
    }
    Optional<Http> http = root.section("http").map(this::http);
    Optional<Admin> admin = root.section("admin").map(this::admin);
    checkPorts(root, http, admin);
    List<DaemonConfig.Sink> sinks = new SinkReader(faults, scope).read(root, http.isPresent());
    Optional<DaemonConfig.Attributes> attributes =
        root.section("attributes")
            .flatMap(block -> new AttributesSection(block, scope.folder(), warnings).read());
    root.notYet("store", "leave it out: decisions are kept in memory");
    root.notYet("record", "leave it out");
    root.end();
    if (!faults.isEmpty()) {
      // Where all else is well, the engine reports the rules' problems when it compiles them.
      rules.ifPresent(own -> own.check(root));
      products.checkRules();
    }
    return Optional.of(
        new DaemonConfig(read, rules, http, admin, sinks, policy, attributes, warnings));
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
}
