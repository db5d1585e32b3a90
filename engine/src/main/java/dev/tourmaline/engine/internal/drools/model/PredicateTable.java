package dev.tourmaline.engine.internal.drools.model;

import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.Dwell;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.fact.Predicate;
import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.fact.Summary;
import dev.tourmaline.engine.fact.TourOutcome;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The properties and predicates of one fact type, as {@link Predicate} describes them on its
 * methods: the table that the compiler, the prefilter and the suggestions read. Immutable.
 */
public final class PredicateTable {

  private static final Map<String, PredicateTable> TABLES = new LinkedHashMap<>();

  static {
    Stream.of(
            Action.class,
            Summary.class,
            Idle.class,
            Dwell.class,
            TourOutcome.class,
            SessionFact.class)
        .forEach(type -> TABLES.put(type.getSimpleName(), new PredicateTable(type)));
  }

  private final Class<? extends SessionFact> type;
  private final Map<String, Method> properties = new TreeMap<>();
  private final Map<String, List<Method>> calls = new TreeMap<>();

  private PredicateTable(Class<? extends SessionFact> type) {
    this.type = type;
    for (Method method : type.getMethods()) {
      if (!method.isAnnotationPresent(Predicate.class)) {
        continue;
      }
      if (method.getParameterCount() == 0) {
        properties.put(propertyName(method.getName()), method);
      } else {
        calls.computeIfAbsent(method.getName(), name -> new ArrayList<>()).add(method);
      }
    }
    calls.values().forEach(all -> all.sort(Comparator.comparingInt(Method::getParameterCount)));
  }

  private static String propertyName(String getter) {
    int prefix = getter.startsWith("get") ? 3 : 2;
    return Character.toLowerCase(getter.charAt(prefix)) + getter.substring(prefix + 1);
  }

  public static Collection<PredicateTable> all() {
    return TABLES.values();
  }

  public static Set<String> facts() {
    return TABLES.keySet();
  }

  public static Optional<PredicateTable> of(String fact) {
    return Optional.ofNullable(TABLES.get(fact));
  }

  public Class<? extends SessionFact> type() {
    return type;
  }

  public Optional<Method> property(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  /** {@return the predicates of a name, those with fewer arguments first} */
  public List<Method> calls(String name) {
    return calls.getOrDefault(name, List.of());
  }

  public Set<String> words() {
    Set<String> words = new TreeSet<>(properties.keySet());
    words.addAll(calls.keySet());
    return words;
  }

  public String listed() {
    return "It has %s and the methods %s."
        .formatted(String.join(", ", properties.keySet()), String.join(", ", calls.keySet()));
  }

  /** {@return whether a predicate's last argument is a time window} */
  public static boolean takesWindow(Method predicate) {
    int last = predicate.getParameterCount() - 1;
    return predicate.getParameters()[last].isAnnotationPresent(Window.class);
  }

  /** {@return which use of a predicate claims that something did not happen} */
  public static Absence absence(Method predicate) {
    return predicate.getAnnotation(Predicate.class).absence();
  }
}
