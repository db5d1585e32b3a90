package dev.tourmaline.engine.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded FIFO set of delivered trigger ids, for deduplication. Thread-safe. */
final class RecentIds {

  private static final int SIZE = 10_000;

  private final Map<String, Boolean> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > SIZE;
        }
      };

  synchronized boolean contains(String id) {
    return ids.containsKey(id);
  }

  synchronized void add(String id) {
    ids.put(id, Boolean.TRUE);
  }
}
