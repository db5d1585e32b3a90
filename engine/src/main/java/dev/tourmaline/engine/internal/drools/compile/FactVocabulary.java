package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.Dwell;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.fact.Summary;
import dev.tourmaline.engine.fact.TourOutcome;
import dev.tourmaline.engine.rule.Tours;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The facts, their properties and their methods, as rules may name them. */
final class FactVocabulary {

  static final String TOURS = Tours.class.getName();
  static final String TOURS_NAME = "tours";

  private static final Map<String, Vocabulary> FACTS = new LinkedHashMap<>();

  private static final Set<String> OF_THE_LOADER = Set.of();
  private static final Set<String> WINDOW_METHODS = Set.of("pingPong", "uTurn", "reached");

  static {
    Stream.of(Action.class, Summary.class, Idle.class, Dwell.class, TourOutcome.class)
        .forEach(type -> FACTS.put(type.getSimpleName(), new Vocabulary(type)));
    FACTS.put(SessionFact.class.getSimpleName(), new Vocabulary(SessionFact.class));
  }

  private FactVocabulary() {}

  static Set<String> names() {
    return FACTS.keySet();
  }

  static List<String> classNames() {
    return FACTS.values().stream().map(fact -> fact.type.getName()).toList();
  }

  static Vocabulary of(String simpleName) {
    return FACTS.get(simpleName);
  }

  /** The fact type that a simple or qualified name in the file stands for. */
  static Optional<String> factNamed(String written, DrlFile file) {
    String simple = written.substring(written.lastIndexOf('.') + 1);
    Vocabulary known = FACTS.get(simple);
    if (known == null) {
      return Optional.empty();
    }
    boolean ours =
        written.equals(simple)
            ? !file.defines(simple) || file.imports(known.type.getName())
            : written.equals(known.type.getName());
    return ours ? Optional.of(simple) : Optional.empty();
  }

  static boolean isMisspelt(String name) {
    return !FACTS.containsKey(name) && NearestName.to(name, FACTS.keySet()).isPresent();
  }

  /** Says that there is no such fact, and which there are. */
  static String unknown(String name) {
    return "there is no fact '%s'%s Facts are %s."
        .formatted(
            name, NearestName.ending(name, FACTS.keySet()), String.join(", ", FACTS.keySet()));
  }

  /** Whether the last text argument of a method is a window. */
  static boolean takesWindow(String method) {
    return method.endsWith("Within") || WINDOW_METHODS.contains(method);
  }

  /** One fact's words. */
  static final class Vocabulary {
    private final Class<?> type;
    private final Map<String, Class<?>> properties = new TreeMap<>();
    private final Set<String> methodNames = new TreeSet<>();

    private Vocabulary(Class<?> type) {
      this.type = type;
      for (Method method : type.getMethods()) {
        if (Modifier.isStatic(method.getModifiers())
            || method.getDeclaringClass() == Object.class) {
          continue;
        }
        Optional<String> property = property(method);
        if (property.isPresent()) {
          properties.put(property.get(), method.getReturnType());
        } else if (!method.getName().equals("toString")) {
          methodNames.add(method.getName());
        }
      }
    }

    private static Optional<String> property(Method method) {
      String name = method.getName();
      int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
      boolean getter =
          method.getParameterCount() == 0
              && prefix > 0
              && name.length() > prefix
              && Character.isUpperCase(name.charAt(prefix));
      return getter
          ? Optional.of(Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1))
          : Optional.empty();
    }

    Class<?> type() {
      return type;
    }

    Optional<Class<?>> property(String name) {
      return Optional.ofNullable(properties.get(name));
    }

    boolean hasMethod(String name) {
      return methodNames.contains(name);
    }

    List<Method> methods(String name) {
      return Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name)).toList();
    }

    /** Properties and methods that an author may use. */
    Set<String> words() {
      Set<String> words = new TreeSet<>(properties.keySet());
      methodNames.stream().filter(name -> !OF_THE_LOADER.contains(name)).forEach(words::add);
      return words;
    }

    String listed() {
      Set<String> methods = new TreeSet<>(methodNames);
      methods.removeAll(OF_THE_LOADER);
      return "It has %s and the methods %s."
          .formatted(String.join(", ", properties.keySet()), String.join(", ", methods));
    }
  }
}
