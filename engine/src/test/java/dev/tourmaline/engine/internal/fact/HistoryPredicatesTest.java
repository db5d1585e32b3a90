package dev.tourmaline.engine.internal.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.fact.Action;
import dev.tourmaline.engine.fact.SessionFact;
import dev.tourmaline.engine.internal.fact.HistorySteps.Step;
import dev.tourmaline.engine.internal.fact.NaiveHistory.Seen;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.NaiveGlob;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.internal.serial.SessionLog;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every question a fact answers, against the definitions taken literally. */
class HistoryPredicatesTest {

  private static final SessionKey KEY = new SessionKey("prod", "s1");
  private static final SessionLimits LIMITS = SessionLimits.defaults();

  @Provide
  Arbitrary<List<Step>> streams() {
    return HistorySteps.steps(40);
  }

  @Property(tries = 200, seed = "20260301")
  void anActionAnswersWhatTheDefinitionsSay(@ForAll("streams") List<Step> steps) {
    follow(steps, new PagePaths(), LIMITS);
  }

  @Property(tries = 200)
  void anActionAnswersWhatTheDefinitionsSayForAnySeed(@ForAll("streams") List<Step> steps) {
    follow(steps, new PagePaths(), LIMITS);
  }

  @Property(tries = 80, seed = "20260302")
  void aCacheOfPathsThatIsTooSmallMakesNoDifference(@ForAll("streams") List<Step> steps) {
    follow(steps, new PagePaths(KeyedHash.random(), 2), LIMITS);
  }

  @Property(tries = 80)
  void aCacheOfTwoPathsMakesNoDifferenceForAnySeed(@ForAll("streams") List<Step> steps) {
    follow(steps, new PagePaths(KeyedHash.random(), 1), LIMITS);
  }

  @Property(tries = 80)
  void aHistoryForgetsByCountAndAge(@ForAll("streams") List<Step> steps) {
    List<Step> inOrder = steps.stream().filter(step -> step.at(1_000_000) >= 1_000_000).toList();
    SessionLimits limits =
        new SessionLimits(
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofMinutes(2),
            7,
            Duration.ofMinutes(20),
            10);
    History history = new History(new PagePaths(), new CoverageGaps(), limits);
    NaiveHistory bounded = new NaiveHistory();
    for (Step step : inOrder) {
      long at = step.at(bounded.newest());
      UiAction action = step.action(at, -1);
      int taken = history.take(action, at, at, true);
      if (bounded.take(action, at) == History.TAKEN) {
        bounded.bound(7, 1_200_000);
      }
      assertThat(history.size()).isEqualTo(bounded.upTo(Long.MAX_VALUE).size());
      Action fact = new ActionFact(KEY, "", history, action, at);
      assertThat(taken).isIn(History.TAKEN, History.REPEAT);
      assertThat(fact.actionsWithin("**", "7d")).isEqualTo(history.size());
      assertThat(fact.clicksWithin("/a", "15m"))
          .isEqualTo(bounded.count(at, 900_000, s -> s.is("click") && s.path().equals("/a")));
    }
  }

  /** Takes a stream in, and asks everything after every action, by way of a log now and then. */
  private static void follow(List<Step> steps, PagePaths paths, SessionLimits limits) {
    History history = new History(paths, new CoverageGaps(), limits);
    NaiveHistory naive = new NaiveHistory();
    int number = -1;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      long at = step.at(naive.newest());
      number = step.index() == 0 ? number : step.number(number);
      UiAction action = step.action(at, step.index() == 0 ? -1 : number);
      int taken = naive.take(action, at);
      assertThat(history.take(action, at, at + step.delay(), true)).isEqualTo(taken);
      if (taken < 0) {
        continue;
      }
      Mismatches all = new Mismatches();
      ask(all, naive, new ActionFact(KEY, "u", history, action, at), true);
      if (i % 3 == 0) {
        history = copy(history, i % 2 == 0 ? paths : new PagePaths(), limits);
        ask(all, naive, new ActionFact(KEY, "u", history, action, at), true);
      }
      long later = naive.newest() + 5_000;
      ask(all, naive, new ElapsedFact.OfIdling(KEY, "u", history, later, 5_000), false);
      ask(all, naive, new ElapsedFact.OfDwelling(KEY, "u", history, later, 5_000), false);
      ask(all, naive, new SummaryFact(KEY, "u", history, naive.newest() - 1, "text", 1), false);
      assertThat(all.wrong).isEmpty();
    }
  }

  private static History copy(History history, PagePaths paths, SessionLimits limits) {
    SessionLog.Writer log = new SessionLog.Writer();
    history.write(log);
    History copy = new History(paths, new CoverageGaps(), limits);
    copy.read(new SessionLog.Reader(log.toBytes()));
    return copy;
  }

  /** The answers that are not what they should be. */
  private static final class Mismatches {
    private final List<String> wrong = new ArrayList<>();

    void are(Object got, Object expected, String question, Object... about) {
      if (!got.equals(expected)) {
        wrong.add(question.formatted(about) + " gives " + got + ", not " + expected);
      }
    }
  }

  private static void ask(Mismatches all, NaiveHistory naive, SessionFact fact, boolean own) {
    long at = fact.getAt();
    String path = own ? ownPath(naive, (Action) fact) : naive.currentPage();
    all.are(fact.getPath(), path, "path");
    Predicate<Seen> here = s -> s.path().equals(path);
    for (String text : HistorySteps.WINDOWS) {
      long window = WindowCache.millis(text);
      counts(all, naive, fact, text, window, "here", here);
      for (String glob : HistorySteps.GLOBS) {
        Predicate<Seen> there = s -> NaiveGlob.matches(glob, s.path());
        counts(all, naive, fact, text, window, glob, there);
        double seconds = naive.secondsOn(at, window, there);
        all.are(fact.secondsOn(glob, text), seconds, "seconds on %s within %s", glob, text);
      }
      int cycles = naive.pingPongs(at, window);
      for (int n = 1; n <= 3; n++) {
        all.are(fact.pingPong(n, text), cycles >= n, "%d x A-B-A within %s", n, text);
      }
      boolean blind = naive.blindWithin(at, window);
      all.are(fact.blindWithin(text), blind, "blind within %s", text);
      if (fact instanceof Action action) {
        String title = action.getTitle();
        Predicate<Seen> element = s -> s.is("click") && s.action().title().equals(title);
        int clicks = naive.count(at, window, here.and(element));
        all.are(action.elementClicksWithin(text), clicks, "on the element within %s", text);
      }
    }
    all.are(fact.getSecondsOnPage(), naive.secondsOnPage(at), "seconds on page");
    all.are(fact.getActionsOnPage(), naive.actionsOnPage(at), "actions on page");
    all.are(fact.getPreviousPage(), naive.previousPage(at), "previous page");
    for (String glob : HistorySteps.GLOBS) {
      globbed(all, naive, fact, glob, !own);
    }
  }

  private static String ownPath(NaiveHistory naive, Action fact) {
    List<Seen> seen = new ArrayList<>(naive.upTo(fact.getAt()));
    Seen own = seen.get(seen.size() - 1);
    boolean isVisit = naive.visits(fact.getAt()).stream().anyMatch(visit -> visit == own);
    assertThat(fact.isVisit()).isEqualTo(isVisit && own.is("pageview"));
    assertThat(fact.getRawPath()).isEqualTo(own.rawPath());
    assertThat(fact.isPageview()).isEqualTo(own.is("pageview"));
    assertThat(fact.isTyping()).isEqualTo(own.is("type"));
    assertThat(fact.getType()).isEqualTo(own.action().type());
    return own.path();
  }

  private static void counts(
      Mismatches all,
      NaiveHistory naive,
      SessionFact fact,
      String window,
      long millis,
      String glob,
      Predicate<Seen> where) {
    long at = fact.getAt();
    boolean here = glob.equals("here");
    int[] got = here ? counts(fact, window) : counts(fact, glob, window);
    int[] expected = naive.counts(at, millis, where);
    for (int i = 0; i < expected.length; i++) {
      String what = NaiveHistory.COUNTED.get(i);
      all.are(got[i], expected[i], "%s on %s within %s", what, glob, window);
    }
    if (!here) {
      all.are(fact.visitedWithin(glob, window), got[7] > 0, "visited");
      all.are(fact.clickedWithin(glob, window), got[1] > 0, "clicked");
      all.are(fact.submittedWithin(glob, window), got[2] > 0, "submitted");
    }
  }

  private static int[] counts(SessionFact fact, String w) {
    return new int[] {
      fact.viewsWithin(w), fact.clicksWithin(w), fact.submitsWithin(w), fact.typesWithin(w),
      fact.focusesWithin(w), fact.blursWithin(w), fact.actionsWithin(w), fact.visitsWithin(w)
    };
  }

  private static int[] counts(SessionFact fact, String g, String w) {
    return new int[] {
      fact.viewsWithin(g, w), fact.clicksWithin(g, w), fact.submitsWithin(g, w),
      fact.typesWithin(g, w), fact.focusesWithin(g, w), fact.blursWithin(g, w),
      fact.actionsWithin(g, w), fact.visitsWithin(g, w)
    };
  }

  private static void globbed(
      Mismatches all, NaiveHistory naive, SessionFact fact, String glob, boolean itselfToo) {
    long at = fact.getAt();
    Predicate<Seen> on = s -> NaiveGlob.matches(glob, s.path());
    all.are(fact.onPath(glob), NaiveGlob.matches(glob, fact.getPath()), "on %s", glob);
    all.are(fact.cameFrom(glob), naive.cameFrom(at, glob), "came from %s", glob);
    all.are(fact.cameFrom("/a", glob), naive.cameFrom(at, "/a", glob), "by way of %s", glob);
    all.are(
        fact.secondsSinceVisit(glob), naive.secondsSince(at, itselfToo, on, true), "since visit");
    all.are(
        fact.secondsSinceClick(glob),
        naive.secondsSince(at, itselfToo, on.and(s -> s.is("click")), false),
        "since click");
    all.are(
        fact.secondsSinceSubmit(glob),
        naive.secondsSince(at, itselfToo, on.and(s -> s.is("submit")), false),
        "since submit");
  }
}
