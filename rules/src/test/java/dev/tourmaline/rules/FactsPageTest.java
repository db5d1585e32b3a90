package dev.tourmaline.rules;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.RuleBase;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.Dwell;
import dev.tourmaline.engine.fact.Idle;
import dev.tourmaline.engine.fact.Predicate;
import dev.tourmaline.engine.fact.Predicate.PathGlob;
import dev.tourmaline.engine.fact.Predicate.Window;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.fact.Summary;
import dev.tourmaline.engine.fact.TourOutcome;
import dev.tourmaline.engine.rule.RuleProblem;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds this module's page to the code. To bring its tables up to date: {@code mvn -pl rules -am
 * test -Dtest=FactsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true}
 */
class FactsPageTest {

  private static final String HOW =
      "rules/README.md is behind the code; bring it up to date with: mvn -pl rules -am test"
          + " -Dtest=FactsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true";

  private static final Path PAGE = Path.of("README.md");

  private static final List<Class<? extends SessionFact>> FACTS =
      List.of(
          Action.class,
          Summary.class,
          Idle.class,
          Dwell.class,
          TourOutcome.class,
          SessionFact.class);

  private static final Pattern RULES =
      Pattern.compile("^```drl\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void theTablesSayWhatTheCodeSays() throws IOException {
    PageTables page = PageTables.read(PAGE);
    Map<String, List<String>> tables = new TreeMap<>();
    predicates()
        .forEach(
            method ->
                tables
                    .computeIfAbsent(
                        method.getDeclaringClass().getSimpleName(), t -> new ArrayList<>())
                    .add(row(method)));
    tables.put("packs", packs());

    String right = page.with(tables);

    if (Boolean.getBoolean("docs.update")) {
      page.write(right);
    }
    assertThat(page.names()).as("the tables of the page").containsAll(tables.keySet());
    assertThat(Files.readString(PAGE)).as(HOW).isEqualTo(right);
  }

  @Test
  void everyExampleCompilesInEveryFactThatHasIt() {
    List<String> patterns =
        FACTS.stream()
            .flatMap(
                fact ->
                    Arrays.stream(fact.getMethods())
                        .filter(method -> method.isAnnotationPresent(Predicate.class))
                        .map(
                            method ->
                                pattern(fact, method.getAnnotation(Predicate.class).example())))
            .toList();

    assertThat(problems(patterns)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyRuleShownCompiles() {
    return Stream.of(PAGE, Path.of("../README.md"), Path.of("../engine/README.md"))
        .filter(Files::exists)
        .flatMap(page -> RULES.matcher(read(page)).results().map(rules -> rules.group(1)))
        .map(
            rules ->
                DynamicTest.dynamicTest(
                    rules.lines().findFirst().orElse(""),
                    () -> assertThat(RuleBase.check(RuleSet.of("page.drl", rules))).isEmpty()));
  }

  @Test
  void everyMistakeIsReportedAndItsRemedyIsNot() throws IOException {
    List<List<String>> rows = PageTables.read(PAGE).rows("mistakes");
    List<String> mistakes = rows.stream().map(row -> code(row.get(0))).toList();
    List<String> remedies = rows.stream().map(row -> code(row.get(1))).toList();

    assertThat(problems(mistakes))
        .extracting(RuleProblem::rule)
        .containsAll(IntStream.range(0, mistakes.size()).mapToObj(i -> "Example " + i).toList());
    assertThat(problems(remedies)).isEmpty();
  }

  private static Stream<Method> predicates() {
    return FACTS.stream()
        .flatMap(fact -> Arrays.stream(fact.getMethods()))
        .filter(method -> method.isAnnotationPresent(Predicate.class))
        .collect(toMap(Method::toString, method -> method, (same, again) -> same, TreeMap::new))
        .values()
        .stream();
  }

  private static String row(Method method) {
    Predicate predicate = method.getAnnotation(Predicate.class);
    return PageTables.row(
        "`" + name(method) + "`",
        value(method),
        predicate.help(),
        "`" + predicate.example() + "`",
        switch (predicate.absence()) {
          case NEVER -> "";
          case WHEN_FEW -> takesWindow(method) ? "negated, or bounded from above" : "";
          case WHEN_LONG_AGO -> "bounded from below";
          case ALWAYS -> "always";
        });
  }

  private static boolean takesWindow(Method method) {
    return Arrays.stream(method.getParameters()).anyMatch(p -> p.isAnnotationPresent(Window.class));
  }

  private static String name(Method method) {
    String name = method.getName();
    if (method.getParameterCount() == 0) {
      String property = name.substring(name.startsWith("is") ? 2 : 3);
      return Character.toLowerCase(property.charAt(0)) + property.substring(1);
    }
    return Arrays.stream(method.getParameters())
        .map(FactsPageTest::name)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  private static String name(Parameter parameter) {
    if (parameter.isAnnotationPresent(Window.class)) {
      return "window";
    }
    if (parameter.isAnnotationPresent(PathGlob.class)) {
      return "pages";
    }
    return parameter.getType() == int.class ? "n" : "words";
  }

  private static String value(Method method) {
    Class<?> type = method.getReturnType();
    if (type == boolean.class) {
      return "boolean";
    }
    return type == String.class ? "text" : type.isPrimitive() ? "number" : "key";
  }

  private static List<String> packs() {
    return RulePacks.names().stream()
        .flatMap(
            pack ->
                RulePacks.pack(pack).sources().stream()
                    .flatMap(source -> rules(pack, source.text())))
        .toList();
  }

  private static Stream<String> rules(String pack, String drl) {
    String recognises =
        drl.lines()
            .takeWhile(line -> !line.equals("//"))
            .map(line -> line.substring(2).strip())
            .collect(Collectors.joining(" "))
            .replace("Recognises: ", "");
    return Pattern.compile("rule \"(.+)\"\\s+@flow\\(\"(.+)\"\\) @priority\\((\\d+)\\)")
        .matcher(drl)
        .results()
        .map(
            rule ->
                PageTables.row(
                    rule.group(1),
                    "`pack:" + pack + "`",
                    "`" + rule.group(2) + "`",
                    rule.group(3),
                    Character.toUpperCase(recognises.charAt(0)) + recognises.substring(1)));
  }

  private static String pattern(Class<?> fact, String example) {
    boolean needsDuration =
        (fact == Idle.class || fact == Dwell.class) && !example.contains("reached(");
    return "%s( %s%s )"
        .formatted(fact.getSimpleName(), needsDuration ? "reached(\"60s\"), " : "", example);
  }

  private static List<RuleProblem> problems(List<String> patterns) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < patterns.size(); i++) {
      rules.append(
          """
          rule "Example %d" @flow("tour_example")
          when
              $f : %s
          then
              tours.offer($f, "an example");
          end
          """
              .formatted(i, patterns.get(i)));
    }
    return RuleBase.check(RuleSet.of("examples.drl", rules.toString()));
  }

  private static String code(String cell) {
    Matcher code = Pattern.compile("`(.+)`").matcher(cell);
    assertThat(code.find()).as(cell).isTrue();
    return code.group(1);
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
