package dev.tourmaline.engine.internal.drools.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.And;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Call;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.In;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Literal;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Opaque;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Operator;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Or;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Property;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintExpressionTest {

  private static final Property PATH = new Property("path");

  @Test
  void aWordIsAProperty() {
    assertThat(parse("pageview")).isEqualTo(new Property("pageview"));
    assertThat(parse("this.path")).isEqualTo(PATH);
    assertThat(parse("getPath()")).isEqualTo(PATH);
    assertThat(parse("isPageview()")).isEqualTo(new Property("pageview"));
  }

  @Test
  void aComparisonHasTwoValues() {
    assertThat(parse("path == \"/a\"")).isEqualTo(path(Operator.EQUAL, "/a"));
    assertThat(parse("path != '/a,b'")).isEqualTo(path(Operator.NOT_EQUAL, "/a,b"));
    assertThat(parse("path matches \"/a.*\"")).isEqualTo(path(Operator.MATCHES, "/a.*"));
    assertThat(parse("path not contains \"x\"")).isEqualTo(new Not(path(Operator.CONTAINS, "x")));
    assertThat(parse("path str[startsWith] \"/a\"")).isEqualTo(path(Operator.STARTS_WITH, "/a"));
    assertThat(parse("path not str[endsWith] \"/a\""))
        .isEqualTo(new Not(path(Operator.ENDS_WITH, "/a")));
  }

  @Test
  void aLiteralOnTheLeftChangesSides() {
    assertThat(parse("3 <= visitsWithin(\"10m\")"))
        .isEqualTo(compare(call("visitsWithin", "10m"), Operator.GREATER_OR_EQUAL, 3L));
  }

  @Test
  void callsCarryTheirArguments() {
    assertThat(parse("visitsWithin(\"/a/**\", \"10m\") >= -1.5"))
        .isEqualTo(compare(call("visitsWithin", "/a/**", "10m"), Operator.GREATER_OR_EQUAL, -1.5));
    assertThat(parse("pingPong(2, \"120s\")")).isEqualTo(call("pingPong", 2L, "120s"));
    assertThat(parse("secondsOnPage() > 10"))
        .isEqualTo(compare(call("secondsOnPage"), Operator.GREATER, 10L));
    assertThat(((Call) parse("f(path)")).isLiteral()).isFalse();
    assertThat(((Call) parse("f(1)")).isLiteral()).isTrue();
  }

  @Test
  void connectivesBindAsInJava() {
    Property a = new Property("a");
    Property b = new Property("b");
    Property c = new Property("c");
    assertThat(parse("a || b && !c"))
        .isEqualTo(new Or(List.of(a, new And(List.of(b, new Not(c))))));
    assertThat(parse("(a || b) && c")).isEqualTo(new And(List.of(new Or(List.of(a, b)), c)));
    assertThat(parse("!(a && b)")).isEqualTo(new Not(new And(List.of(a, b))));
    assertThat(parse("a, b || c")).isEqualTo(new And(List.of(a, new Or(List.of(b, c)))));
  }

  @Test
  void aComparisonMayBorrowTheLeftSideOfTheOneBefore() {
    assertThat(parse("path == \"/a\" || == \"/b\""))
        .isEqualTo(new Or(List.of(path(Operator.EQUAL, "/a"), path(Operator.EQUAL, "/b"))));
    assertThat(parse("clicksWithin(\"1m\") > 1 && < 5"))
        .isEqualTo(
            new And(
                List.of(
                    compare(call("clicksWithin", "1m"), Operator.GREATER, 1L),
                    compare(call("clicksWithin", "1m"), Operator.LESS, 5L))));
  }

  @Test
  void membershipListsItsOptions() {
    List<ConstraintExpression> options = List.of(new Literal("/a"), new Literal("/b"));
    assertThat(parse("path in (\"/a\", \"/b\")")).isEqualTo(new In(PATH, options));
    assertThat(parse("path not in (\"/a\", \"/b\")")).isEqualTo(new Not(new In(PATH, options)));
  }

  @Test
  void aBindingAloneConstrainsNothing() {
    assertThat(parse("$p : pageview")).isEqualTo(new Literal(true));
    assertThat(parse("$p : path == \"/a\"")).isEqualTo(path(Operator.EQUAL, "/a"));
  }

  @Test
  void whatIsNotUnderstoodIsOpaqueAndLeavesItsNeighboursAlone() {
    assertThat(parse("pageview && path.length() > 3"))
        .isEqualTo(
            new And(
                List.of(
                    new Property("pageview"),
                    new Compare(new Opaque("path.length()"), Operator.GREATER, new Literal(3L)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "this after[0s,10m] $a",
        "a == b == c",
        "$x",
        "a ? b : c",
        "a + 1",
        "path memberOf $list",
        "null",
        "10m",
        "path ==",
        "== 3",
        "path in $list",
        "\"open"
      })
  void unknownShapesAreOpaque(String text) {
    assertThat(parse(text)).isEqualTo(new Opaque(text));
  }

  @Test
  void deepNestingDoesNotOverflow() {
    assertThat(parse("(".repeat(50_000) + "a" + ")".repeat(50_000))).isNotNull();
    assertThat(parse("!".repeat(50_000) + "a")).isNotNull();
    assertThat(parse("f(".repeat(50_000) + "a" + ")".repeat(50_000))).isNotNull();
  }

  private static ConstraintExpression parse(String text) {
    return ConstraintExpression.parse(text);
  }

  private static Call call(String name, Object... arguments) {
    return new Call(
        name, Arrays.stream(arguments).<ConstraintExpression>map(Literal::new).toList());
  }

  private static Compare compare(ConstraintExpression left, Operator operator, Object right) {
    return new Compare(left, operator, new Literal(right));
  }

  private static Compare path(Operator operator, String value) {
    return compare(PATH, operator, value);
  }
}
