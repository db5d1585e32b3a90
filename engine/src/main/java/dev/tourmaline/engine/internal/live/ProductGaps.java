package dev.tourmaline.engine.internal.live;

import dev.tourmaline.engine.internal.history.CoverageGaps;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The coverage gaps of each product, bounded in number: beyond ten thousand products that no source
 * carries, the further ones share their gaps, so that ids made up by whoever sends frames fill no
 * memory. Thread-safe.
 */
final class ProductGaps {

  static final int MOST_PRODUCTS = 10_000;

  private final Map<String, CoverageGaps> byProduct = new ConcurrentHashMap<>();
  private final CoverageGaps shared = new CoverageGaps();

  /** The gaps of the product of a session. */
  CoverageGaps of(String productId) {
    CoverageGaps known = byProduct.get(productId);
    if (known != null) {
      return known;
    }
    return byProduct.size() < MOST_PRODUCTS ? carried(productId) : shared;
  }

  /** The gaps of a product that a source carries: its own in any case. */
  CoverageGaps carried(String productId) {
    return byProduct.computeIfAbsent(productId, id -> new CoverageGaps());
  }
}
