package dev.tourmaline.adapter.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The webhooks of a server, by their names and products. Not thread-safe while some are added. */
final class ProviderWebhooks {

  private final Map<Place, ProviderWebhook> webhooks = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  private record Place(String name, String productId) {}

  void add(String productId, ProviderWebhook webhook) {
    Place place = new Place(webhook.name(), Objects.requireNonNull(productId, "productId"));
    if (!place.name().matches("[a-z0-9-]+")) {
      faults.add(
          "a webhook's name is \"%s\", it must be made of a to z, 0 to 9 and -"
              .formatted(place.name()));
    }
    if (webhooks.putIfAbsent(place, webhook) != null) {
      faults.add(
          "product %s has two webhooks of the name %s, it must have one"
              .formatted(productId, place.name()));
    }
  }

  /** {@return what is wrong, for a server of these products; none stand for any} */
  List<String> faults(Set<String> products) {
    List<String> all = new ArrayList<>(faults);
    for (Place place : webhooks.keySet()) {
      if (place.productId().isBlank()
          || !products.isEmpty() && !products.contains(place.productId())) {
        all.add(
            "the webhook %s is for \"%s\", which is no product of this server"
                .formatted(place.name(), place.productId()));
      }
    }
    return all;
  }

  ProviderWebhooks copy() {
    ProviderWebhooks copy = new ProviderWebhooks();
    copy.webhooks.putAll(webhooks);
    return copy;
  }

  boolean knows(String name) {
    return webhooks.keySet().stream().anyMatch(place -> place.name().equals(name));
  }

  Optional<ProviderWebhook> find(String name, String productId) {
    return Optional.ofNullable(webhooks.get(new Place(name, productId)));
  }
}
