package dev.tourmaline.daemon.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A text with references in it: <code>${NAME}</code> is the environment, <code>${file:PATH}</code>
 * the content of a file, <code>$${</code> a literal <code>${</code>.
 */
final class Template {

  private static final String FILE = "file:";

  private final List<Supplier<String>> parts;
  private final boolean literal;

  private Template(List<Supplier<String>> parts, boolean literal) {
    this.parts = parts;
    this.literal = literal;
  }

  /** Where references are looked up: the environment, and the folder that paths start from. */
  record Scope(Map<String, String> environment, Path folder) {

    /** {@return a path of the file; empty if the text can be none} */
    Optional<Path> path(String text) {
      try {
        return Optional.of(folder.resolve(text));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }
  }

  /** Parses a text and looks its references up once. */
  static Template of(String text, Scope scope, Consumer<String> faults) {
    List<Supplier<String>> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    boolean literal = true;
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("$${", i)) {
        plain.append("${");
        i += 3;
      } else if (text.startsWith("${", i)) {
        int end = text.indexOf('}', i);
        if (end < 0) {
          faults.accept("has '${' without '}'; write ${NAME} or ${file:PATH}");
          break;
        }
        addText(parts, plain);
        parts.add(reference(text.substring(i + 2, end), scope, faults));
        literal = false;
        i = end + 1;
      } else {
        plain.append(text.charAt(i++));
      }
    }
    addText(parts, plain);
    return new Template(parts, literal);
  }

  private static void addText(List<Supplier<String>> parts, StringBuilder plain) {
    if (!plain.isEmpty()) {
      String text = plain.toString();
      parts.add(() -> text);
      plain.setLength(0);
    }
  }

  private static Supplier<String> reference(
      String reference, Scope scope, Consumer<String> faults) {
    if (reference.startsWith(FILE)) {
      Optional<Path> file = scope.path(reference.substring(FILE.length()).strip());
      if (file.isEmpty()) {
        faults.accept("has ${%s}, which is no path".formatted(reference));
        return () -> "";
      }
      SecretFile content = new SecretFile(file.get());
      content.fault().ifPresent(faults);
      return content;
    }
    if (!reference.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      faults.accept("has ${%s}; write ${NAME} or ${file:PATH}".formatted(reference));
      return () -> "";
    }
    String value = scope.environment().getOrDefault(reference, "");
    if (value.isBlank()) {
      faults.accept(
          "the environment variable %s is %s"
              .formatted(
                  reference, scope.environment().containsKey(reference) ? "empty" : "not set"));
    }
    return () -> value;
  }

  boolean isLiteral() {
    return literal;
  }

  String text() {
    return parts.stream().map(Supplier::get).collect(Collectors.joining());
  }
}
