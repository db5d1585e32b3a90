package dev.tourmaline.engine.internal.live;

import java.util.HashMap;
import java.util.Map;

/**
 * An admission control of a room that several products use: while it is not full anybody gets in,
 * then only a product that holds less than the room divided by those inside, so that none keeps
 * another out. Of n products it admits at most ln n + 1 times as many as there is room for.
 * Constant time; thread-safe.
 */
final class FairShares {

  private final int room;
  private final Map<String, Integer> byProduct = new HashMap<>();
  private int inside;

  FairShares(int room) {
    this.room = room;
  }

  /** {@return whether one more of a product is inside now} */
  synchronized boolean enter(String productId) {
    int own = byProduct.getOrDefault(productId, 0);
    int products = byProduct.size() + (own == 0 ? 1 : 0);
    if (inside >= room && own >= room / products) {
      return false;
    }
    byProduct.put(productId, own + 1);
    inside++;
    return true;
  }

  /** One of a product comes back, whatever room there is. */
  synchronized void comeBack(String productId) {
    byProduct.merge(productId, 1, Integer::sum);
    inside++;
  }

  /** One of a product leaves. */
  synchronized void leave(String productId) {
    byProduct.computeIfPresent(productId, (id, own) -> own == 1 ? null : own - 1);
    inside--;
  }
}
