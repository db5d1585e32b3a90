package dev.tourmaline.engine.internal.drools.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConstraintExpressionPropertyTest {

  @Property(tries = 2000)
  void noTextMakesTheParserThrow(@ForAll("expressions") String text) {
    assertThat(ConstraintExpression.parse(text)).isNotNull();
  }

  @Property(tries = 500)
  void noRandomTextMakesTheParserThrow(@ForAll String text) {
    assertThat(ConstraintExpression.parse(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "path",
            "(",
            ")",
            "!",
            "&&",
            "||",
            "==",
            ",",
            "\"a\"",
            "3",
            "in",
            "not",
            ":",
            "$x",
            ".",
            "str",
            "[",
            "]",
            "startsWith",
            " ",
            "'",
            "this",
            "/*",
            "\\")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }
}
