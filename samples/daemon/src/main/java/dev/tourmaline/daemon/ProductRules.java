package dev.tourmaline.daemon;

import dev.tourmaline.daemon.config.DaemonConfig;
import dev.tourmaline.daemon.config.DaemonConfig.Product;
import dev.tourmaline.daemon.config.RuleSources;
import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.Tenant;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.TourEngineBuilder;
import dev.tourmaline.engine.WatchedRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules and the policy of each product: one product is an engine, several are its tenants. */
final class ProductRules {

  private final DaemonConfig config;
  private final Map<RuleSources, List<String>> productsByRules = new LinkedHashMap<>();

  private ProductRules(DaemonConfig config) {
    this.config = config;
    for (Product product : config.products()) {
      productsByRules
          .computeIfAbsent(config.rulesOf(product), same -> new ArrayList<>())
          .add(product.id());
    }
  }

  static ProductRules of(DaemonConfig config) {
    return new ProductRules(config);
  }

  private Optional<Product> only() {
    return config.products().size() == 1 ? Optional.of(config.products().get(0)) : Optional.empty();
  }

  TourEngineBuilder engine() {
    if (only().isPresent()) {
      Product product = only().get();
      return TourEngine.builder(config.rulesOf(product).rules()).policy(config.policyOf(product));
    }
    TourEngineBuilder builder = TourEngine.builder().allRulesRequired();
    for (Product product : config.products()) {
      builder.tenant(
          Tenant.of(product.id())
              .rules(config.rulesOf(product).rules())
              .policy(config.policyOf(product)));
    }
    return builder;
  }

  /** Watches the rules, each product's on a thread of its own, unless they are the same. */
  List<AutoCloseable> watch(TourEngine engine, Duration every) {
    List<AutoCloseable> watched = new ArrayList<>();
    productsByRules.forEach(
        (rules, products) ->
            watched.add(
                only().isPresent()
                    ? WatchedRules.start(engine, rules.rules(), rules::readAgain, every)
                    : WatchedRules.start(
                        engine, products, rules.rules(), rules::readAgain, every)));
    return watched;
  }

  /** {@return what can never lead to a tour under the products' policies, each once} */
  Set<String> contradictions() {
    Set<String> found = new LinkedHashSet<>();
    for (Product product : config.products()) {
      RuleBase.contradictions(config.rulesOf(product).rules(), config.policyOf(product))
          .forEach(problem -> found.add(problem.toString()));
    }
    return found;
  }

  /** Where the rules are from, and for which products where there are several places. */
  @Override
  public String toString() {
    return productsByRules.entrySet().stream()
        .map(
            each ->
                String.join(", ", each.getKey().locations())
                    + (productsByRules.size() == 1
                        ? ""
                        : " (" + String.join(", ", each.getValue()) + ")"))
        .collect(Collectors.joining(", "));
  }
}
