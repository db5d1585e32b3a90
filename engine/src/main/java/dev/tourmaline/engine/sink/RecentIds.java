package dev.tourmaline.engine.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/** The newest trigger ids that a sink has delivered, a bounded number of them. Thread-safe. */
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
