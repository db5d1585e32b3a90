package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page of policy to the code. */
class PolicyPageTest {

  private static final Path PAGE = Path.of("POLICY.md");
  private static final Pattern SETTING = Pattern.compile("`(@?)(\\w+)`");
  private static final Pattern NO_GATE =
      Pattern.compile("`(\\w+)` \\(default ([\\w%]+); `@(\\w+)`\\)");

  /** Terms that are for the page, for statistics or for follow-ups, and hold nothing back. */
  private static final Set<String> NO_GATES = Set.of("element", "followUp", "guard", "goal");

  private static List<List<String>> gates() throws IOException {
    return Files.readString(PAGE)
        .split("<!-- table: gates -->\n")[1]
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  @Test
  void theGatesStandInTheirOrder() throws IOException {
    assertThat(gates())
        .extracting(cells -> cells.get(0))
        .containsExactlyElementsOf(
            Arrays.stream(Reason.values())
                .map(reason -> "`" + reason.name().toLowerCase(Locale.ROOT) + "`")
                .toList());
  }

  @Test
  void theDefaultsAreThoseOfThePolicy() throws Exception {
    Map<String, String> shown = new TreeMap<>();
    for (List<String> gate : gates()) {
      for (String key : settings(gate.get(3), "")) {
        shown.put(camel(key), gate.get(4));
      }
    }
    Matcher others = NO_GATE.matcher(Files.readString(PAGE));
    while (others.find()) {
      shown.put(camel(others.group(1)), others.group(2));
    }
    Map<String, String> right = new TreeMap<>();
    for (Method setting : TriggerPolicy.class.getDeclaredMethods()) {
      if (Modifier.isPublic(setting.getModifiers()) && !Modifier.isStatic(setting.getModifiers())) {
        right.put(setting.getName(), inWords(setting.invoke(TriggerPolicy.defaults())));
      }
    }
    assertThat(shown).isEqualTo(right);
  }

  @Test
  void everyTermOfARuleHasItsPlace() throws IOException {
    Set<String> shown = new TreeSet<>(NO_GATES);
    for (List<String> gate : gates()) {
      shown.addAll(settings(gate.get(3), "@"));
    }
    Matcher others = NO_GATE.matcher(Files.readString(PAGE));
    while (others.find()) {
      shown.add(others.group(3));
    }
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RuleTerms.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void everythingIsAskedAgainBeforeDeliveryButWhatThePageSays() throws IOException {
    for (List<String> gate : gates()) {
      Reason reason = Reason.valueOf(gate.get(0).replace("`", "").toUpperCase(Locale.ROOT));
      assertThat(gate.get(5))
          .as(gate.get(0))
          .isEqualTo(Scenario.with(reason).isClosedAtTheLastCheck() ? "yes" : "no");
    }
  }

  private static List<String> settings(String cell, String sign) {
    return SETTING
        .matcher(cell)
        .results()
        .filter(setting -> setting.group(1).equals(sign))
        .map(setting -> setting.group(2))
        .toList();
  }

  private static String camel(String key) {
    return Pattern.compile("_(\\w)")
        .matcher(key)
        .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
  }

  private static String inWords(Object value) {
    if (value instanceof Duration span) {
      long seconds = span.toSeconds();
      return seconds == 0
          ? "none"
          : seconds % 3_600 == 0
              ? seconds / 3_600 + "h"
              : seconds > 60 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
    boolean isNone =
        value instanceof Optional<?> optional && optional.isEmpty()
            || value instanceof Collection<?> many && many.isEmpty()
            || value instanceof Map<?, ?> map && map.isEmpty();
    if (isNone) {
      return "none";
    }
    if (value instanceof Integer number) {
      return number == Integer.MAX_VALUE ? "any" : number.toString();
    }
    return value instanceof Double share
        ? Gates.percent(share) + "%"
        : value.toString().toLowerCase(Locale.ROOT);
  }
}
