package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Who belongs to an audience, as far as his attributes are known. */
class AudienceTest {

  private static final Map<String, String> SEGMENTS =
      Map.of(
          "testers", "User.attribute('staff') == true",
          "customers", "User.attribute('plan') in ('pro', 'team') && !testers",
          "itself", "customers || itself");

  private static boolean matches(String audience, Map<String, Object> attributes) {
    return Audience.parse(audience, SEGMENTS).matches(attributes);
  }

  @Test
  void whatIsNotKnownMatchesNothingNorItsOpposite() {
    for (String audience :
        List.of(
            "User.attribute('plan') == 'pro'",
            "User.attribute('plan') != 'pro'",
            "User.attribute('plan') in ('pro', 'team')",
            "User.attribute('seats') < 5",
            "User.attribute('staff')",
            "User.attribute('plan').startsWith('p')",
            "testers",
            "customers")) {
      if (Audience.fault(audience).isPresent()) {
        continue;
      }
      assertThat(matches(audience, Map.of())).as(audience).isFalse();
      assertThat(matches("!(" + audience + ")", Map.of())).as("not " + audience).isFalse();
      assertThat(matches(audience + " || !(" + audience + ")", Map.of())).as(audience).isFalse();
    }
  }

  @Test
  void whatIsKnownOfAnotherTypeIsNotKnown() {
    for (String audience :
        List.of("User.attribute('plan') == 'pro'", "User.attribute('plan') != 'pro'")) {
      assertThat(matches(audience, Map.of("plan", 3))).isFalse();
      assertThat(matches(audience, Map.of("plan", List.of("pro")))).isFalse();
    }
    assertThat(matches("!(User.attribute('staff'))", Map.of("staff", "no"))).isFalse();
  }

  @Test
  void whatDoesNotMatterNeedNotBeKnown() {
    String either = "User.attribute('plan') == 'pro' || User.attribute('seats') > 10";
    assertThat(matches(either, Map.of("seats", 11))).isTrue();
    assertThat(matches(either, Map.of("seats", 10))).isFalse();
  }

  @Test
  void aSegmentIsNamedOnceAndUsedByOthers() {
    assertThat(matches("customers", Map.of("plan", "team", "staff", false))).isTrue();
    assertThat(matches("customers", Map.of("plan", "team", "staff", true))).isFalse();
    assertThat(matches("customers", Map.of("plan", "team"))).as("may be a tester").isFalse();
    assertThat(matches("!testers && User.attribute('plan') == 'free'", free())).isTrue();
  }

  private static Map<String, Object> free() {
    return Map.of("plan", "free", "staff", false);
  }

  @Test
  void aSegmentThatIsNotThereOrNamesItselfIsSaid() {
    assertThatThrownBy(() -> Audience.parse("nobody", SEGMENTS))
        .hasMessage("there is no segment \"nobody\"; known are customers, itself, testers");
    assertThatThrownBy(() -> Audience.parse("itself", SEGMENTS))
        .hasMessage("segment \"itself\" names itself");
    assertThat(new Audiences(Map.of()).isTester(Map.of("staff", true))).isFalse();
    assertThat(new Audiences(Map.of()).matches("!testers", Map.of("staff", true))).isFalse();
  }

  @Provide
  Arbitrary<String> audiences() {
    return audiences(3);
  }

  private static Arbitrary<String> audiences(int depth) {
    Arbitrary<String> plain =
        Arbitraries.of(
            "User.attribute('plan') == 'pro'",
            "User.attribute('plan') != 'free'",
            "User.attribute('plan') in ('pro', 'team')",
            "User.attribute('seats') >= 10",
            "User.attribute('seats') == 1",
            "User.attribute('staff') == true",
            "User.attribute('staff')",
            "testers",
            "customers");
    if (depth == 0) {
      return plain;
    }
    Arbitrary<String> deeper = audiences(depth - 1);
    return Arbitraries.oneOf(
        plain,
        deeper.map(one -> "!(" + one + ")"),
        Combinators.combine(deeper, deeper).as((a, b) -> "(" + a + ") && (" + b + ")"),
        Combinators.combine(deeper, deeper).as((a, b) -> "(" + a + ") || (" + b + ")"));
  }

  @Property(tries = 300, seed = "20260301")
  void whoMatchesMatchesWhateverElseBecomesKnownOfHim(@ForAll("audiences") String text) {
    Audience audience = Audience.parse(text, SEGMENTS);
    Audience opposite = Audience.parse("!(" + text + ")", SEGMENTS);
    for (Map<String, Object> all : everybody()) {
      assertThat(audience.matches(all))
          .as("with all known, a thing or its opposite: %s of %s", text, all)
          .isNotEqualTo(opposite.matches(all));
      for (Map<String, Object> some : partsOf(all)) {
        if (audience.matches(some)) {
          assertThat(audience.matches(all)).as("%s of %s", text, some).isTrue();
        }
      }
    }
  }

  private static List<Map<String, Object>> everybody() {
    List<Map<String, Object>> everybody = new ArrayList<>();
    for (String plan : List.of("pro", "free")) {
      for (int seats : List.of(1, 10)) {
        for (boolean staff : List.of(true, false)) {
          everybody.add(Map.of("plan", plan, "seats", seats, "staff", staff));
        }
      }
    }
    return everybody;
  }

  private static List<Map<String, Object>> partsOf(Map<String, Object> all) {
    List<String> names = List.of("plan", "seats", "staff");
    List<Map<String, Object>> parts = new ArrayList<>();
    for (int known = 0; known < 8; known++) {
      Map<String, Object> some = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        if ((known & 1 << i) != 0) {
          some.put(names.get(i), all.get(names.get(i)));
        }
      }
      parts.add(some);
    }
    return parts;
  }
}
