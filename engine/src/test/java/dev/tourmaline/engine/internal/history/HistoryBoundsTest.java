package dev.tourmaline.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a history keeps, for how long, and what it says of the rest. */
class HistoryBoundsTest {

  private static final SessionKey KEY = new SessionKey("prod", "s1");
  private static final long T0 = 1_772_000_000_000L;

  private final PagePaths paths = new PagePaths();
  private History history = history(SessionLimits.defaults());

  private History history(SessionLimits limits) {
    return new History(paths, new CoverageGaps(), limits);
  }

  private static UiAction action(String type, String url, String title, long at) {
    return UiAction.builder(type).url(url).title(title).start(Instant.ofEpochMilli(at)).build();
  }

  private int take(String type, String url, String title, long at) {
    return history.take(action(type, url, title, at), at, at, true);
  }

  private Action now(String url, String title, long at) {
    UiAction action = action("click", url, title, at);
    assertThat(history.take(action, at, at, true)).isEqualTo(History.TAKEN);
    return new ActionFact(KEY, "", history, action, at);
  }

  private void sleepAndWake() {
    SessionLog.Writer log = new SessionLog.Writer();
    history.write(log);
    history = new History(new PagePaths(), new CoverageGaps(), SessionLimits.defaults());
    history.read(new SessionLog.Reader(log.toBytes()));
  }

  @Test
  void aRepeatIsKnownByAllOfItsTexts() {
    String url = "https://h.com/a?gclid=";
    take("click", url + "1" + "x".repeat(40), "Go", T0);
    assertThat(take("click", url + "2" + "x".repeat(40), "Go", T0)).isEqualTo(History.TAKEN);
    assertThat(take("click", url + "1" + "x".repeat(40), "Stop", T0)).isEqualTo(History.TAKEN);
    assertThat(take("scroll", url + "1" + "x".repeat(40), "Go", T0)).isEqualTo(History.TAKEN);
    assertThat(take("drag", url + "1" + "x".repeat(40), "Go", T0)).isEqualTo(History.TAKEN);
    sleepAndWake();
    assertThat(take("click", url + "1" + "x".repeat(40), "Go", T0)).isEqualTo(History.REPEAT);
    assertThat(take("drag", url + "1" + "x".repeat(40), "Go", T0)).isEqualTo(History.REPEAT);
  }

  @Test
  void aRepeatIsKnownForAsLongAsItCanComeAndThenIsLate() {
    take("click", "https://h.com/a", "Go", T0);
    take("click", "https://h.com/a", "Go", T0 + 30_000);
    assertThat(take("click", "https://h.com/a", "Go", T0)).isEqualTo(History.REPEAT);
    take("click", "https://h.com/a", "Go", T0 + 30_001);
    assertThat(take("click", "https://h.com/a", "Go", T0)).isEqualTo(History.LATE);
  }

  @Test
  void whereThousandsComeAtOnceTheOldestAreLateRatherThanTwice() {
    for (int i = 0; i < 3_000; i++) {
      assertThat(take("click", "https://h.com/a", "Go", T0 + i)).isEqualTo(History.TAKEN);
    }
    assertThat(take("click", "https://h.com/a", "Go", T0 + 2_999)).isEqualTo(History.REPEAT);
    assertThat(take("click", "https://h.com/a", "Go", T0 + 1_000)).isEqualTo(History.LATE);
    sleepAndWake();
    assertThat(take("click", "https://h.com/a", "Go", T0 + 1_000)).isEqualTo(History.LATE);
    assertThat(take("click", "https://h.com/b", "Go", T0 + 2_999)).isEqualTo(History.TAKEN);
  }

  @Test
  void aVisitIsToldFromAReloadWhenItsPageLiesFarBack() {
    take("pageview", "https://h.com/a?x=1", "A", T0);
    take("click", "https://h.com/a", "Go", T0 + 60_000);
    sleepAndWake();
    take("pageview", "https://h.com/a?x=2", "A", T0 + 120_000);
    assertThat(now("https://h.com/a", "Go", T0 + 121_000).visitsWithin("1h")).isOne();
    take("pageview", "https://h.com/b", "B", T0 + 122_000);
    take("pageview", "https://h.com/a", "A", T0 + 123_000);
    assertThat(now("https://h.com/a", "Go", T0 + 124_000).visitsWithin("1h")).isEqualTo(2);
  }

  @Test
  void elementsThatNobodyAskedForAreNotKnownUntilTheirWindowHasPassed() {
    UiAction before = action("click", "https://h.com/a", "Go", T0);
    history.take(before, T0, T0, false);
    Action asked = now("https://h.com/a", "Go", T0 + 1_000);
    assertThat(asked.elementClicksWithin("1m")).isOne();
    assertThat(asked.blindWithin("1s")).isTrue();
    sleepAndWake();
    Action later = now("https://h.com/a", "Go", T0 + 61_000);
    assertThat(later.elementClicksWithin("1m")).isEqualTo(2);
    assertThat(later.blindWithin("1m")).isFalse();
    assertThat(later.blindWithin("61s")).isTrue();
  }

  @Test
  void absenceAmongForgottenActionsIsNotKnown() {
    history = history(SessionLimits.defaults().withHistorySize(3));
    take("submit", "https://h.com/a", "Send", T0);
    for (int i = 1; i <= 3; i++) {
      assertThat(now("https://h.com/a", "Go", T0 + i * 1_000L).blindWithin("1m")).isEqualTo(i == 3);
    }
    assertThat(now("https://h.com/a", "Go", T0 + 4_000).blindWithin("2s")).isFalse();
  }

  @Test
  void pathsThatAreAllUniqueAndLongStayWithinBounds() {
    for (int i = 0; i < 2_000; i++) {
      String url = "https://h.com/" + i + "/" + "x".repeat(64 * 1_024);
      assertThat(take("pageview", url, "A", T0 + i * 1_000L)).isEqualTo(History.TAKEN);
      assertThat(history.bytes()).isLessThan(History.MOST_PATH_BYTES + 64 * 1_024);
    }
    String last = "https://h.com/1999/" + "x".repeat(64 * 1_024);
    Action again = now(last, "Go", T0 + 2_000_000);
    assertThat(again.visitsWithin("1h")).as("it is recognised").isOne();
    assertThat(again.actionsWithin("**", "1m")).isGreaterThan(50);
    assertThat(again.blindWithin("1h")).as("older ones are forgotten").isTrue();
    assertThat(again.getPath()).hasSize(1_024).startsWith("/1999/xxx");
    sleepAndWake();
    assertThat(now(last, "Go", T0 + 2_001_000).visitsWithin("1h")).isOne();
    assertThat(now(last + "y", "Go", T0 + 2_002_000).visitsWithin("1h")).isZero();
  }

  @Test
  void aLogHoldsNoTextsButPaths() {
    take("pageview", "https://h.com/invoices?secret-query#secret-part", "secret title", T0);
    SessionLog.Writer log = new SessionLog.Writer();
    history.write(log);
    assertThat(new String(log.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("/invoices")
        .doesNotContain("secret");
  }
}
