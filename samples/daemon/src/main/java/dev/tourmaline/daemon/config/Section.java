package dev.tourmaline.daemon.config;

import dev.tourmaline.engine.fact.Windows;
import dev.tourmaline.engine.rule.NearestName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One block of keys while it is read. Each key that is asked for is a known one; {@link #end} then
 * reports the others. What is wrong goes to the faults, and reading goes on with a default.
 */
final class Section {

  private final YamlNode.Mapping node;
  private final String path;
  private final Faults faults;
  private final Template.Scope scope;
  private final Set<String> known = new LinkedHashSet<>();

  Section(YamlNode.Mapping node, String path, Faults faults, Template.Scope scope) {
    this.node = node;
    this.path = path;
    this.faults = faults;
    this.scope = scope;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  private @Nullable YamlNode value(String key) {
    known.add(key);
    return node.values().get(key);
  }

  /** Reports a fault of a key, or of the block where the key is missing. */
  void fault(String key, String message) {
    faults.add(node.keyLines().getOrDefault(key, node.line()), path(key), message);
  }

  void missing(String key, String right) {
    if (!has(key)) {
      fault(key, "is missing; " + right);
    }
  }

  /** Recognises a key whose time has not come. */
  void notYet(String key, String instead) {
    if (has(key)) {
      fault(key, "is not yet available; " + instead);
    }
  }

  Optional<String> text(String key) {
    return scalar(key).map(template -> template.text().strip());
  }

  /**
   * {@return how messages show a value: as it stands in the file, since what a reference stands for
   * may be secret}
   *
   * @param read the value as it was read, shown where it holds no reference
   */
  String shown(String key, Object read) {
    String raw = raw(key);
    return Template.of(raw, scope, wrong -> {}).isLiteral() ? read.toString() : raw;
  }

  /** {@return the value as it stands in the file, for messages} */
  String raw(String key) {
    return node.values().get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : "";
  }

  private Optional<Template> scalar(String key) {
    YamlNode value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return template(scalar, path(key));
    }
    fault(key, "is %s, it must be a single value".formatted(value.kind()));
    return Optional.empty();
  }

  private Optional<Template> template(YamlNode.Scalar scalar, String where) {
    List<String> wrong = new ArrayList<>();
    Template template = Template.of(scalar.text(), scope, wrong::add);
    wrong.forEach(message -> faults.add(scalar.line(), where, message));
    return wrong.isEmpty() ? Optional.of(template) : Optional.empty();
  }

  /** {@return the secret, or the two of a list while they rotate; empty if there is none} */
  List<Secret> secrets(String key, int minBytes, List<String> warnings) {
    YamlNode value = value(key);
    if (value == null) {
      return List.of();
    }
    List<YamlNode> items = value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
    if (items.isEmpty() || items.size() > 2) {
      fault(
          key,
          "is a list of %d secrets, it must be one, or two while they rotate"
              .formatted(items.size()));
      return List.of();
    }
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String where = value instanceof YamlNode.Sequence ? path(key) + "[" + i + "]" : path(key);
      secret(items.get(i), where, minBytes, warnings).ifPresent(secrets::add);
    }
    return secrets;
  }

  private Optional<Secret> secret(
      YamlNode item, String where, int minBytes, List<String> warnings) {
    if (!(item instanceof YamlNode.Scalar scalar) || scalar.text().isBlank()) {
      faults.add(
          item.line(),
          where,
          "is " + item.kind() + ", it must be a secret: ${NAME} or ${file:PATH}");
      return Optional.empty();
    }
    Optional<Template> template = template(scalar, where);
    template.ifPresent(
        found -> {
          if (found.text().getBytes(StandardCharsets.UTF_8).length < minBytes) {
            faults.add(
                item.line(),
                where,
                "is too short; it must have at least %d bytes, such as 'openssl rand -hex 32' prints"
                    .formatted(minBytes));
          }
          if (found.isLiteral()) {
            warnings.add(where + " stands in the file itself; better ${NAME} or ${file:PATH}");
          }
        });
    return template.map(found -> Secret.ofAtLeast(minBytes, where, found::text));
  }

  Optional<Section> section(String key) {
    YamlNode value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof YamlNode.Mapping mapping) {
      return Optional.of(new Section(mapping, path(key), faults, scope));
    }
    fault(key, "is %s, it must be a block of keys".formatted(value.kind()));
    return Optional.empty();
  }

  /** {@return the blocks of a list; one block alone stands for a list of one} */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    List<YamlNode> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      String where = path(key) + "[" + i + "]";
      if (items.get(i) instanceof YamlNode.Mapping mapping) {
        sections.add(new Section(mapping, where, faults, scope));
      } else {
        faults.add(
            items.get(i).line(),
            where,
            "is %s, it must be a block of keys".formatted(items.get(i).kind()));
      }
    }
    return sections;
  }

  /** {@return the texts of a list, each with its path and line; one text stands for a list} */
  List<Item> texts(String key) {
    List<Item> texts = new ArrayList<>();
    List<YamlNode> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      String where = path(key) + "[" + i + "]";
      YamlNode item = items.get(i);
      if (item instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
        template(scalar, where)
            .ifPresent(
                found -> {
                  String text = found.text().strip();
                  String shown = found.isLiteral() ? text : scalar.text();
                  texts.add(new Item(text, shown, where, item.line()));
                });
      } else {
        faults.add(item.line(), where, "is %s, it must be a text".formatted(item.kind()));
      }
    }
    return texts;
  }

  /**
   * A text of a list.
   *
   * @param shown how messages show it: as it stands in the file, where it holds a reference
   */
  record Item(String text, String shown, String path, int line) {

    boolean isLiteral() {
      return shown.equals(text);
    }
  }

  private List<YamlNode> items(String key) {
    YamlNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof YamlNode.Sequence list) {
      return list.items();
    }
    if (value instanceof YamlNode.Scalar scalar && scalar.text().isBlank()) {
      fault(key, "is nothing, it must be a list");
      return List.of();
    }
    return List.of(value);
  }

  int integer(String key, int fallback, int min, int max) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, with the range.
    }
    fault(
        key,
        max == Integer.MAX_VALUE
            ? "is '%s', it must be a whole number of at least %d".formatted(raw(key), min)
            : "is '%s', it must be a whole number from %d to %d".formatted(raw(key), min, max));
    return fallback;
  }

  Duration duration(String key, Duration fallback, boolean zeroAllowed) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    Optional<Duration> value = Windows.parse(text.get());
    if (value.isEmpty()) {
      fault(key, "is '%s', it must be a duration such as 30s, 10m or 1h".formatted(raw(key)));
    } else if (value.get().isZero() && !zeroAllowed) {
      fault(key, "is '%s', it must be longer than nothing, such as 30s".formatted(raw(key)));
      return fallback;
    }
    return value.orElse(fallback);
  }

  /** {@return whether the text is {@code true} or {@code false}} */
  boolean flag(String key, boolean fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty() || text.get().equals("true") || text.get().equals("false")) {
      return text.map(Boolean::valueOf).orElse(fallback);
    }
    fault(key, "is '%s', it must be true or false".formatted(raw(key)));
    return fallback;
  }

  /** {@return the keys that stand in the block} */
  List<String> keys() {
    return List.copyOf(node.values().keySet());
  }

  /** {@return the constant that the text names in lower case} */
  <E extends Enum<E>> E oneOf(String key, E fallback) {
    Optional<String> text = text(key);
    List<String> words = new ArrayList<>();
    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
      words.add(constant.name().toLowerCase(Locale.ROOT));
      if (text.isPresent() && text.get().equals(words.get(words.size() - 1))) {
        return constant;
      }
    }
    text.ifPresent(
        wrong ->
            fault(key, "is '%s', it must be %s".formatted(raw(key), String.join(" or ", words))));
    return fallback;
  }

  /** Reports the keys that nobody asked for. */
  void end() {
    for (String key : node.values().keySet()) {
      if (!known.contains(key)) {
        fault(key, "is no key here; " + NearestName.hint(key, known));
      }
    }
  }
}
