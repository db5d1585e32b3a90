package dev.tourmaline.engine.internal.decode;

import dev.tourmaline.engine.event.DecodeResult.Rejected;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The faults of one object's fields. Of a field given twice, the last one counts. */
final class Faults {

  private Map<Field, Rejected> byField = Map.of();
  private boolean any;

  boolean any() {
    return any;
  }

  void add(Field field, Rejected fault) {
    if (byField.isEmpty()) {
      byField = new EnumMap<>(Field.class);
    }
    byField.put(field, fault);
    any = true;
  }

  void remove(Field field) {
    byField.remove(field);
    any = !byField.isEmpty();
  }

  void clear() {
    byField = Map.of();
    any = false;
  }

  /** {@return the first fault among the fields that count} */
  Optional<Rejected> first(Set<Field> counting) {
    return byField.entrySet().stream()
        .filter(e -> counting.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
