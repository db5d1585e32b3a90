package dev.tourmaline.engine.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.control.SwitchStore;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.Decision.Reason;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.QuietHours;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import dev.tourmaline.engine.user.UserKey;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When it is night where the visitor is. */
class QuietHoursTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final QuietHours NIGHT = hours("22:00", "07:00");
  private static final SessionKey SESSION = new SessionKey("p", "s");

  private static QuietHours hours(String from, String to) {
    return new QuietHours(LocalTime.parse(from), LocalTime.parse(to), BERLIN);
  }

  private static boolean isQuiet(QuietHours hours, String at) {
    return hours.include(Instant.parse(at), BERLIN);
  }

  @Test
  void aNightReachesOverMidnight() {
    assertThat(isQuiet(NIGHT, "2026-01-10T20:59:59.999Z")).isFalse();
    assertThat(isQuiet(NIGHT, "2026-01-10T21:00:00Z")).isTrue();
    assertThat(isQuiet(NIGHT, "2026-01-10T23:00:00Z")).as("midnight").isTrue();
    assertThat(isQuiet(NIGHT, "2026-01-11T05:59:59.999Z")).isTrue();
    assertThat(isQuiet(NIGHT, "2026-01-11T06:00:00Z")).isFalse();
  }

  @Test
  void hoursOfOneDayDoNot() {
    QuietHours noon = hours("12:00", "13:00");
    assertThat(isQuiet(noon, "2026-01-10T11:00:00Z")).isTrue();
    assertThat(isQuiet(noon, "2026-01-10T12:00:00Z")).isFalse();
    assertThat(isQuiet(noon, "2026-01-10T23:00:00Z")).isFalse();
  }

  @Test
  void theNightEndsBySummersClockOnTheMorningItBegins() {
    assertThat(isQuiet(NIGHT, "2026-03-29T04:59:59Z")).isTrue();
    assertThat(isQuiet(NIGHT, "2026-03-29T05:00:00Z")).isFalse();
    assertThat(isQuiet(NIGHT, "2026-10-25T05:59:59Z")).isTrue();
    assertThat(isQuiet(NIGHT, "2026-10-25T06:00:00Z")).isFalse();
  }

  @Test
  void anHourThatTheClockSkipsIsNeverQuietAndOneThatItRepeatsTwice() {
    QuietHours two = hours("02:00", "03:00");
    assertThat(isQuiet(two, "2026-03-29T00:59:59Z")).isFalse();
    assertThat(isQuiet(two, "2026-03-29T01:00:00Z")).isFalse();
    assertThat(isQuiet(two, "2026-10-25T00:30:00Z")).isTrue();
    assertThat(isQuiet(two, "2026-10-25T01:30:00Z")).isTrue();
    assertThat(isQuiet(two, "2026-10-25T02:00:00Z")).isFalse();
  }

  @Test
  void theVisitorsZoneCountsWhereItIsKnown() {
    Instant evening = Instant.parse("2026-01-10T21:30:00Z");
    assertThat(judge(Map.of(), evening)).isEqualTo(Reason.QUIET_HOURS);
    assertThat(judge(Map.of("zoneinfo", "Europe/London"), evening)).isEqualTo("admitted");
    assertThat(judge(Map.of("zoneinfo", "Asia/Tokyo"), evening)).isEqualTo(Reason.QUIET_HOURS);
    assertThat(judge(Map.of("zoneinfo", "nowhere"), evening)).isEqualTo(Reason.QUIET_HOURS);
    assertThat(judge(Map.of("zoneinfo", 2), evening)).isEqualTo(Reason.QUIET_HOURS);
    Instant morning = Instant.parse("2026-01-10T22:30:00Z");
    assertThat(judge(Map.of("zoneinfo", "Asia/Tokyo"), morning)).isEqualTo("admitted");
  }

  private static Object judge(Map<String, Object> attributes, Instant now) {
    KnownAttributes known = KnownAttributes.ofTokens();
    known.claim(UserKey.ofUser("p", "u"), attributes);
    PolicyMemory policy =
        new PolicyMemory(
            new PolicyMemory.Parts(
                TriggerPolicy.builder().quiet(NIGHT).build(),
                new InMemoryUsers(),
                new SwitchBoard(SwitchStore.inMemory()),
                known,
                Objectors.nobody(),
                rule -> Optional.empty()));
    Offer offer = Offer.withoutRule("id", SESSION, "u", "f", "", now);
    Decision decision = policy.judge(List.of(offer), now).get(0);
    return decision instanceof Decision.Suppressed held ? held.reason() : decision.word();
  }
}
