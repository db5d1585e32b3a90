package dev.tourmaline.engine.internal.drools.prefilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Predicate;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Compare;
import dev.tourmaline.engine.internal.drools.model.ConstraintExpression.Not;
import dev.tourmaline.engine.internal.drools.model.PredicateTable;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The prefilter reads facts as a call by hand does. */
class PredicateAccessorsTest {

  private static final long T0 = 1_700_000_000_000L;

  private final SessionFact fact = click();

  private static SessionFact click() {
    History history = new History(new PagePaths(), new CoverageGaps(), SessionLimits.defaults());
    UiAction action = null;
    for (int i = 0; i < 3; i++) {
      action =
          UiAction.builder("click")
              .url("https://h.com/settings/billing?plan=pro#top")
              .title("Pay " + i)
              .start(Instant.ofEpochMilli(T0 + i))
              .build();
      history.take(action, T0 + i, T0 + i, true);
    }
    return new ActionFact(new SessionKey("p", "s"), "u", history, action, T0 + 2);
  }

  private static Stream<Method> predicates() {
    PredicateTable table = PredicateTable.of("Action").orElseThrow();
    return Stream.of(table.type().getMethods());
  }

  private static ConstraintExpression asked(Method method) {
    ConstraintExpression parsed =
        ConstraintExpression.parse(method.getAnnotation(Predicate.class).example());
    if (parsed instanceof Not not) {
      parsed = not.term();
    }
    return parsed instanceof Compare compare ? compare.left() : parsed;
  }

  @Test
  void everyExampleOfANumberOrATruthIsUnderstood() {
    List<Method> unread =
        predicates()
            .filter(method -> method.getReturnType().isPrimitive())
            .filter(method -> !method.getName().equals("getAt"))
            .filter(method -> PredicateAccessors.value("Action", asked(method)).isEmpty())
            .toList();

    assertThat(unread).isEmpty();
  }

  @Test
  void whatIsReadIsWhatACallByHandGives() {
    assertThat(number("clicksWithin(\"1m\")")).isEqualTo(3);
    assertThat(number("clicksWithin(\"/settings/**\", \"1ms\")")).isEqualTo(2);
    assertThat(number("elementClicksWithin(\"1m\")")).isEqualTo(1);
    assertThat(number("click")).isEqualTo(1);
    assertThat(number("pageview")).isZero();
    assertThat(number("onPath(\"/settings/*\")")).isEqualTo(1);
    assertThat(number("clickedWithin(\"/other\", \"1m\")")).isZero();
    assertThat(number("pingPong(2, \"1m\")")).isZero();
    assertThat(number("secondsSinceSubmit(\"**\")")).isInfinite();
    assertThat(number("secondsOnPage")).isEqualTo(fact.getSecondsOnPage());
    assertThat(text("path")).contains("/settings/billing");
    assertThat(text("query")).contains("plan=pro");
    assertThat(text("title")).contains("Pay 2");
  }

  @Test
  void whatAFactDoesNotKnowIsNotRead() {
    assertThat(PredicateAccessors.value("Idle", parse("elementClicksWithin(\"1m\")"))).isEmpty();
    assertThat(PredicateAccessors.value("Action", parse("clicksWithin(3)"))).isEmpty();
    assertThat(PredicateAccessors.value("Action", parse("clicksWithin($w)"))).isEmpty();
    assertThat(PredicateAccessors.value("Action", parse("session"))).isEmpty();
    assertThat(PredicateAccessors.isTruth("Action", parse("clicksWithin(\"1m\")"))).isFalse();
  }

  private static ConstraintExpression parse(String text) {
    return ConstraintExpression.parse(text);
  }

  private double number(String text) {
    return PredicateAccessors.value("Action", parse(text))
        .orElseThrow()
        .of(fact, new RulePrefilter(List.of()).newResults());
  }

  private Optional<String> text(String property) {
    return PredicateAccessors.text("Action", parse(property)).map(read -> read.apply(fact));
  }
}
