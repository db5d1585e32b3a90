package dev.tourmaline.daemon.config;

import dev.tourmaline.daemon.config.DaemonConfig.OnFatal;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the list {@code products}. */
final class ProductReader {

  private static final int TOKEN_BYTES = 8;
  private static final int WEBHOOK_SECRET_BYTES = 32;

  private final Faults faults;
  private final Template.Scope scope;
  private final List<String> warnings;
  private final Map<String, Own> owns = new LinkedHashMap<>();
  private final List<Runnable> checks = new ArrayList<>();
  private boolean withoutRules;

  /**
   * What a product has of its own, be its stream in order or not.
   *
   * @param rules instead of those of the file
   * @param policy narrower than that of the file
   */
  record Own(Optional<RuleSources> rules, Optional<TriggerPolicy> policy) {}

  private record Stream(URI url, Secret token, OnFatal onFatal) {}

  ProductReader(Faults faults, Template.Scope scope, List<String> warnings) {
    this.faults = faults;
    this.scope = scope;
    this.warnings = warnings;
  }

  /**
   * {@return what a product has of its own; a fault where there is none of that id, or where none
   * is named and some have rules or a policy of their own}
   */
  Own own(Optional<String> product) {
    Own none = new Own(Optional.empty(), Optional.empty());
    if (product.isEmpty()) {
      List<String> special =
          owns.keySet().stream().filter(id -> !none.equals(owns.get(id))).toList();
      if (!special.isEmpty()) {
        faults.add(
            0,
            "",
            "%s: rules or policy of its own; say which product is replayed with --product ID"
                .formatted(String.join(", ", special)));
      }
      return none;
    }
    if (!owns.containsKey(product.get())) {
      faults.add(
          0,
          "",
          "has no product '%s', which --product names; it has %s"
              .formatted(product.get(), String.join(", ", owns.keySet())));
    }
    return owns.getOrDefault(product.get(), none);
  }

  /** {@return whether some product has no rules of its own} */
  boolean areRulesNeeded() {
    return withoutRules || owns.isEmpty();
  }

  /** Reports the errors of the products' own rules. */
  void checkRules() {
    checks.forEach(Runnable::run);
  }

  /**
   * {@return the products}
   *
   * @param policy what a product's own policy narrows
   */
  List<Product> read(Section root, TriggerPolicy policy) {
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
      Optional<RuleSources> rules = RuleSources.read(section, faults, scope.folder());
      rules.ifPresent(own -> checks.add(() -> own.check(section)));
      Optional<TriggerPolicy> narrower =
          section.section("policy").map(block -> new PolicySection(block).read(policy));
      Own own = new Own(rules, narrower);
      owns.put(id, own);
      withoutRules |= rules.isEmpty();
      section
          .section("stream")
          .flatMap(this::stream)
          .map(stream -> product(id, stream, usertour, own))
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

  private static Product product(String id, Stream stream, List<Secret> usertour, Own own) {
    return new Product(
        id, stream.url(), stream.token(), stream.onFatal(), usertour, own.rules(), own.policy());
  }

  private Optional<Stream> stream(Section stream) {
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
    return Optional.of(new Stream(url.get(), tokens.get(0), onFatal));
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
}
