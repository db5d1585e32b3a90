package dev.tourmaline.engine.internal.drools.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replacements in a text by offsets of the original; line breaks are kept. */
final class TextEdits {

  private final String text;
  private final List<Edit> edits = new ArrayList<>();
  private final TreeMap<Integer, Integer> replaced = new TreeMap<>();

  TextEdits(String text) {
    this.text = text;
  }

  void insert(int at, String inserted) {
    edits.add(new Edit(at, at, inserted));
  }

  /** Replaces a piece and keeps its line breaks. */
  void replace(int from, int to, String replacement) {
    String breaks = text.substring(from, to).replaceAll("[^\n]", "");
    edits.add(new Edit(from, to, replacement + breaks));
    replaced.merge(from, to, Math::max);
  }

  /** Whether what stands at an offset has been replaced. */
  boolean replaces(int at) {
    Map.Entry<Integer, Integer> before = replaced.floorEntry(at);
    return before != null && at < before.getValue();
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  String edited() {
    edits.sort(Comparator.comparingInt(Edit::from));
    StringBuilder edited = new StringBuilder(text.length() + 64 * edits.size());
    int at = 0;
    for (Edit edit : edits) {
      if (edit.from < at) {
        // Duplicate edit, of a pattern within a pattern.
        continue;
      }
      edited.append(text, at, edit.from).append(edit.text);
      at = edit.to;
    }
    return edited.append(text, at, text.length()).toString();
  }

  private record Edit(int from, int to, String text) {}
}
