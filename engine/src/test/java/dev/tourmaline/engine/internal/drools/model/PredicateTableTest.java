package dev.tourmaline.engine.internal.drools.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.fact.Predicate;
import dev.tourmaline.engine.fact.Predicate.Absence;
import dev.tourmaline.engine.fact.Predicate.Window;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one table of what rules may ask. */
class PredicateTableTest {

  private static Stream<Method> methods() {
    return PredicateTable.all().stream()
        .flatMap(table -> Arrays.stream(table.type().getMethods()))
        .distinct();
  }

  @Test
  void everyMethodOfAFactIsDescribed() {
    assertThat(methods()).allMatch(method -> method.isAnnotationPresent(Predicate.class));
  }

  @Test
  void everyPredicateHasOneLineOfHelpAndAnExampleNamingIt() {
    methods()
        .forEach(
            method -> {
              Predicate predicate = method.getAnnotation(Predicate.class);
              String word = method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
              assertThat(predicate.help()).isNotBlank().doesNotContain("\n");
              assertThat(predicate.example()).containsIgnoringCase(word);
            });
  }

  @Test
  void whatCountsOverAWindowCanClaimAbsence() {
    List<Method> never =
        methods()
            .filter(method -> method.getParameterCount() > 0)
            .filter(PredicateTable::takesWindow)
            .filter(method -> PredicateTable.absence(method) == Absence.NEVER)
            .toList();

    assertThat(never).extracting(Method::getName).containsExactly("blindWithin");
  }

  @Test
  void aWindowIsTheLastArgument() {
    assertThat(methods().filter(m -> m.getParameterCount() > 1))
        .allSatisfy(
            method ->
                assertThat(
                        Arrays.stream(method.getParameters())
                            .limit(method.getParameterCount() - 1L))
                    .noneMatch(parameter -> parameter.isAnnotationPresent(Window.class)));
  }

  @Test
  void whatTheEngineNeedsOfAFactIsNoWordForRules() {
    PredicateTable action = PredicateTable.of("Action").orElseThrow();

    assertThat(action.words())
        .contains("pageview", "visitsWithin", "path", "at", "blindWithin")
        .doesNotContain(
            "enabled", "enable", "memoise", "source", "identity", "sighted", "kind", "type()");
  }
}
