package dev.tourmaline.daemon.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML document into nodes that know their lines. */
final class YamlReader {

  private static final YAMLFactory YAML = new YAMLFactory();

  private final YAMLParser parser;
  private final Faults faults;

  private YamlReader(YAMLParser parser, Faults faults) {
    this.parser = parser;
    this.faults = faults;
  }

  /** {@return the document; empty if it is no YAML, which is then among the faults} */
  static Optional<YamlNode> read(String text, Faults faults) {
    try (YAMLParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.of(new YamlNode.Mapping(Map.of(), Map.of(), 1));
      }
      YamlNode document = new YamlReader(parser, faults).node("");
      if (parser.nextToken() != null) {
        faults.add(line(parser), "", "the file holds a second document, it must be one");
      }
      return Optional.of(document);
    } catch (JsonProcessingException e) {
      // The library's own message quotes the file, and with it perhaps a secret.
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String problem = "the text breaks off or a value is out of place";
      if (e.getCause() instanceof MarkedYAMLException marked) {
        problem = marked.getProblem();
        line = marked.getProblemMark() == null ? line : marked.getProblemMark().getLine() + 1;
      }
      faults.add(line, "", "this is not YAML: " + problem);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot fail to be read", e);
    }
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private YamlNode node(String path) throws IOException {
    int line = line(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(path, line);
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(path + "[" + items.size() + "]"));
        }
        yield new YamlNode.Sequence(items, line);
      }
      case VALUE_NULL -> new YamlNode.Scalar("", line);
      default -> new YamlNode.Scalar(parser.getText(), line);
    };
  }

  private YamlNode mapping(String path, int line) throws IOException {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line(parser);
      parser.nextToken();
      String inner = path.isEmpty() ? key : path + "." + key;
      YamlNode value = node(inner);
      Integer first = lines.putIfAbsent(key, keyLine);
      if (first == null) {
        values.put(key, value);
      } else {
        faults.add(keyLine, inner, "stands twice, the first time in line " + first);
      }
    }
    return new YamlNode.Mapping(values, lines, line);
  }
}
