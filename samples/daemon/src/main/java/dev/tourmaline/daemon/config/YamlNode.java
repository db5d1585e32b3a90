package dev.tourmaline.daemon.config;

import java.util.List;
import java.util.Map;

/** A value of a YAML file and the line, from 1, on which it begins. */
sealed interface YamlNode {

  int line();

  /** {@return what the node is, for a sentence about it} */
  String kind();

  /**
   * A single value.
   *
   * @param text the text; empty for a key without a value
   */
  record Scalar(String text, int line) implements YamlNode {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : "a single value";
    }
  }

  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Keys and values.
   *
   * @param keyLines the line of each key
   */
  record Mapping(Map<String, YamlNode> values, Map<String, Integer> keyLines, int line)
      implements YamlNode {
    @Override
    public String kind() {
      return "a block of keys";
    }
  }
}
