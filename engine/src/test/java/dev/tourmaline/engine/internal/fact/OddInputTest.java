package dev.tourmaline.engine.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is odd breaks nothing: times, and arguments that are no arguments. */
class OddInputTest {

  private static final SessionKey KEY = new SessionKey("prod", "s1");
  private static final long T0 = HistorySteps.T0;

  private final PagePaths paths = new PagePaths(KeyedHash.random(), 1);
  private final History history = history(SessionLimits.defaults());

  private History history(SessionLimits limits) {
    return new History(paths, new CoverageGaps(), limits);
  }

  private static UiAction action(String type, String url, String title, long at) {
    return UiAction.builder(type).url(url).title(title).start(Instant.ofEpochMilli(at)).build();
  }

  private Action take(History to, String type, String url, String title, long at) {
    UiAction action = action(type, url, title, at);
    assertThat(to.take(action, at, at, true)).isEqualTo(History.TAKEN);
    return new ActionFact(KEY, "", to, action, at);
  }

  @Test
  void noAccessorOfAFactThrows() throws ReflectiveOperationException {
    List<SessionFact> facts = new ArrayList<>(facts(history(SessionLimits.defaults())));
    take(history, "pageview", "", "", T0);
    take(history, "click", "no url at all", "", T0);
    take(history, "odd", "https://h.com/a", "", T0 + 1);
    facts.addAll(facts(history));
    String[] texts = {null, "", "10m", "**", "/a", "no window", "999999999d"};
    for (SessionFact fact : facts) {
      for (Method method : fact.getClass().getMethods()) {
        if (!Modifier.isStatic(method.getModifiers())
            && method.getDeclaringClass() != Object.class
            && Arrays.stream(method.getParameterTypes())
                .allMatch(t -> t == String.class || t == int.class)) {
          call(fact, method, texts);
        }
      }
    }
  }

  private static void call(SessionFact fact, Method method, String[] texts)
      throws ReflectiveOperationException {
    for (String first : texts) {
      for (String second : texts) {
        String[] next = {first, second};
        int[] used = {0};
        Object[] arguments =
            Arrays.stream(method.getParameterTypes())
                .map(type -> type == int.class ? (Object) (-1) : next[used[0]++])
                .toArray();
        try {
          Object answer = method.invoke(fact, arguments);
          if (method.getReturnType() != void.class) {
            assertThat(answer)
                .as("%s %s%s", fact.getClass().getSimpleName(), method, Arrays.toString(arguments))
                .isNotNull();
          }
        } catch (InvocationTargetException e) {
          // It throws what its Javadoc does not say: name the call.
          throw new AssertionError(method + Arrays.toString(arguments), e.getCause());
        }
      }
    }
  }

  private static List<SessionFact> facts(History history) {
    TourFeedback feedback = new TourFeedback("t1", KEY, TourFeedback.Outcome.SHOWN, 0);
    return List.of(
        new ActionFact(KEY, "", history, action("click", "", "", T0), T0),
        new SummaryFact(KEY, "", history, T0, "", 0),
        new ElapsedFact.OfIdling(KEY, "", history, T0, 1),
        new ElapsedFact.OfDwelling(KEY, "", history, T0, 1),
        new OutcomeFact(KEY, "", history, T0, feedback, "", ""));
  }

  @Test
  void aSlowClockThatIsSetRightLosesNoLaterAction() {
    long slow = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    take(history, "pageview", "https://h.com/a", "", slow);
    take(history, "pageview", "https://h.com/b", "", T0);
    Action last = take(history, "click", "https://h.com/b", "Go", T0 + 1_000);
    assertThat(history.newest()).isEqualTo(T0 + 1_000);
    assertThat(last.getPreviousPage()).as("forgotten, for its age").isEmpty();
    assertThat(List.of(last.viewsWithin("1s"), last.viewsWithin("/a", "7d"))).containsExactly(1, 0);
    assertThat(last.getSecondsOnPage()).isEqualTo(1.0);
  }

  @Test
  void aHistoryMayReachBackForWeeksAndGoOnForYears() {
    Duration day = Duration.ofDays(1);
    Duration years = Duration.ofDays(4_000);
    History old = history(new SessionLimits(day, years, day, 100, Duration.ofDays(24), 10));
    Action last = take(old, "click", "https://h.com/a", "Go", T0);
    for (int i = 1; i < 20; i++) {
      last = take(old, "click", "https://h.com/a", "Go", T0 + i * day.toMillis() * 10);
      assertThat(last.clicksWithin("60d")).isEqualTo(Math.min(3, i + 1));
    }
    SessionLog.Writer log = new SessionLog.Writer();
    old.write(log);
    old.read(new SessionLog.Reader(log.toBytes()));
    assertThat(last.clicksWithin("15d")).isEqualTo(2);
    assertThat(last.secondsSinceClick("/a")).isEqualTo(864_000);
  }

  @Test
  void aHistoryOfMonthsIsRefused() {
    Duration day = Duration.ofDays(1);
    assertThatThrownBy(() -> new SessionLimits(day, day, day, 100, Duration.ofDays(25), 10))
        .hasMessage("historyAge is PT600H, it must be at most PT576H");
  }

  @Test
  void aFactKeepsItsPageThroughThousandsOfLaterPages() {
    History full = history(SessionLimits.defaults().withHistorySize(5));
    take(history, "click", "https://h.com/fills", "the", T0);
    take(history, "click", "https://h.com/dictionary", "dictionary", T0);
    Action first = take(full, "click", "https://h.com/first", "Go", T0);
    for (int i = 1; i <= 3_000; i++) {
      take(full, "click", "https://h.com/" + i, "Go " + i, T0 + i);
    }
    assertThat(first.getPath()).isEqualTo("/first");
    assertThat(first.onPath("/first")).isTrue();
    assertThat(first.clicksWithin("1h")).isZero();
    Action again = take(full, "click", "https://h.com/first", "Go", T0 + 3_001);
    assertThat(again.elementClicksWithin("1h")).isOne();
  }

  @Test
  void aGlobMayBeComputed() {
    PagePaths big = new PagePaths();
    History history = new History(big, new CoverageGaps(), SessionLimits.defaults());
    Action fact = take(history, "click", "https://h.com/a/7", "", T0);
    long matching = 0;
    for (int i = 0; i < 20_000; i++) {
      matching += fact.onPath("/a/" + i) ? 1 : 0;
    }
    assertThat(matching).isOne();
  }

  @Test
  void aLogOfNothingIsNothing() {
    SessionLog.Writer log = new SessionLog.Writer();
    history.write(log);
    assertThatCode(() -> history.read(new SessionLog.Reader(log.toBytes())))
        .doesNotThrowAnyException();
    assertThat(history.isEmpty()).isTrue();
  }
}
