package dev.tourmaline.engine.internal.drools.compile;

import dev.tourmaline.engine.internal.drools.model.DrlToken;
import java.util.List;

/** A list of tokens, padded at both ends: no index is out of bounds. */
record TokenRow(List<DrlToken> tokens) {

  private static final DrlToken NOTHING =
      new DrlToken(DrlToken.Kind.SYMBOL, " ", Integer.MIN_VALUE / 2, 0, false);

  int size() {
    return tokens.size();
  }

  DrlToken at(int i) {
    return i < 0 || i >= tokens.size() ? NOTHING : tokens.get(i);
  }

  /** The text of adjacent tokens; empty where white space separates them. */
  String touching(int i, int count) {
    StringBuilder text = new StringBuilder(at(i).text());
    for (int next = i + 1; next < i + count; next++) {
      if (at(next).start() != at(next - 1).end()) {
        return "";
      }
      text.append(at(next).text());
    }
    return text.toString();
  }
}
