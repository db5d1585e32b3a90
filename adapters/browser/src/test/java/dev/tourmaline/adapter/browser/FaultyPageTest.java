package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a page, its storage and its provider do, a tour is reported as it was seen. */
@ExtendWith(PageOfItsOwn.class)
class FaultyPageTest {

  private static final String APPCUES =
      "<script src=\"/standins/tool.js\"></script><script src=\"/standins/appcues.js\"></script>";
  private static final String LOADED = APPCUES + "<script>tool.load()</script>";
  private static final String SESSIONS =
      "session: () => window.session ?? 's1', getToken: window.tokens ?? ((s) => 'of-' + s),";

  private TourPage page;

  @BeforeEach
  void aPage(TourPage own) {
    page = own;
  }

  private void awaitStart() {
    page.awaitTold("trigger t1 begins");
  }

  private void awaitTour() {
    page.page().waitForSelector("#tour-box");
    page.advance(1);
  }

  private List<Object> problems() {
    return ((List<?>) page.run("problems")).stream().<Object>map(String::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "7", "\"text\"", "[null, 7, {}, [], \"t\"]", "{{"})
  void whatOthersHaveWrittenIntoItsStorageStopsNothing(String garbage) {
    String keys =
        "tourmaline:outbox:prod,tourmaline:tours:prod,tourmaline:handled,tourmaline:last:prod";
    page.open(
        LOADED
            + "<script>'%s'.split(',').forEach((key) => sessionStorage[key] = '%s');"
                .formatted(keys, garbage)
            + "localStorage['tourmaline:claims'] = '%s'</script>".formatted(garbage),
        "provider: 'appcues'");
    page.site().trigger("t1", "7");
    awaitTour();
    page.run("tool.end('completed')");
    page.assertReported("t1 shown", "t1 completed");
  }

  @Test
  void eachSessionsReportsGoWithItsOwnToken() {
    List<String> sent = new CopyOnWriteArrayList<>();
    page.page()
        .route(
            "**/tours/feedback",
            route -> {
              sent.add(route.request().headerValue("Authorization"));
              route.resume();
            });
    page.open(LOADED, SESSIONS + "provider: 'appcues'");
    page.site().trigger("t1", "7");
    awaitTour();
    page.assertReported("t1 shown");
    page.run("window.session = 's2'");
    page.advance(3);
    page.run("tool.end('completed')");
    page.assertReported("t1 shown", "t1 completed");
    assertThat(sent).containsOnly("Bearer of-s1");
  }

  @Test
  void aTokenThatNeverComesHoldsBackItsOwnSessionAlone() {
    page.open(
        "<script>sessionStorage['tourmaline:outbox:prod'] = JSON.stringify([{ at: Date.now(),"
            + " report: { id: 'old', session_id: 's0', outcome: 'shown' } }]);"
            + "window.tokens = (s) => s === 's0' ? new Promise(() => {}) : 'of-' + s</script>"
            + LOADED,
        SESSIONS + "provider: 'appcues'");
    page.page()
        .route(
            "**/tours/feedback",
            route -> {
              if ("Bearer of-s1".equals(route.request().headerValue("Authorization"))) {
                route.resume();
              } else {
                route.fulfill(new Route.FulfillOptions().setStatus(401));
              }
            });
    page.site().trigger("t1", "7");
    awaitTour();
    page.advance(30);
    page.assertReported("t1 shown");
  }

  @Test
  void whatATokenThatHasEndedHoldsBackIsReportedWithTheNext() {
    page.page()
        .route(
            "**/tours/feedback",
            route -> {
              if ("Bearer new".equals(route.request().headerValue("Authorization"))) {
                route.resume();
              } else {
                route.fulfill(new Route.FulfillOptions().setStatus(401));
              }
            });
    page.open(LOADED, "getToken: () => window.renewed ?? 'old', provider: 'appcues'");
    page.site().trigger("t1", "7");
    awaitTour();
    page.page().waitForCondition(() -> !problems().isEmpty());
    page.run("window.renewed = 'new'");
    page.advance(40);
    page.assertReported("t1 shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"window.session = 's2'", "client.close()"})
  void aTourThatWaitsForItsProviderDoesNotOutliveItsSession(String leave) {
    page.open(APPCUES, SESSIONS + "provider: 'appcues'");
    page.site().trigger("t1", "7");
    page.awaitTold("trigger t1 waits: its provider is not ready");
    page.advance(2);
    page.run(leave + "; tool.load()");
    page.advance(5);
    page.awaitTold("trigger t1 withdrawn");
    assertThat(page.reports()).isEmpty();
    assertThat(page.page().querySelector("#tour-box")).isNull();
  }

  @Test
  void aClosedClientReportsTheEndOfATourButNotThatItRuns() {
    page.open("", "start: (id, trigger, tour) => new Promise(() => (window.tour = tour))");
    page.site().trigger("t1", "7");
    page.page().waitForFunction("window.tour");
    page.run("client.close(); tour.shown()");
    page.advance(100);
    page.run("tour.completed()");
    page.assertReported("t1 shown", "t1 completed");
    assertThat(page.site().reports()).doesNotContain("t1 running");
  }

  @Test
  void aTourOfAnotherProductsPageIsNotReported() {
    page.open(LOADED, "provider: 'appcues'");
    page.site().trigger("t1", "7");
    awaitTour();
    page.assertReported("t1 shown");
    page.open(LOADED, "provider: 'appcues', product: 'other'");
    page.page().waitForFunction("window.client");
    page.run("tool.show('7'); tool.end('completed')");
    page.assertReported("t1 shown", "foreign 7 shown", "foreign 7 completed");
  }

  @Test
  void aSdkThatTakesTheFirstOnesPlaceIsHeard() {
    page.open(LOADED, "provider: 'appcues'");
    page.advance(1);
    page.run("tool.listeners = []; tool.load()");
    page.site().trigger("t1", "7");
    awaitTour();
    page.advance(12);
    page.assertReported("t1 shown");
  }

  @Test
  void aTourOfASdkThatCannotBeHeardIsShownUnconfirmed() {
    page.open(LOADED + "<script>Appcues.on = undefined</script>", "provider: 'appcues'");
    page.site().trigger("t1", "7");
    awaitTour();
    page.advance(12);
    page.assertReported("t1 shown unconfirmed");
    assertThat(problems()).containsExactly("tourmaline: appcues does not tell what its tours do");
  }

  @Test
  void idsThatAreNoneAreNoToursOfTheProviders() {
    page.open(
        LOADED
            + "<script>const heard = []; const { on } = Appcues;"
            + "Appcues.on = (name, f) => { heard.push(f); on(name, f) }</script>",
        "provider: 'appcues'");
    page.advance(1);
    page.run(
        "[{}, [[]], '', ' ', NaN, true, () => {}, Symbol('s'), 'x'.repeat(513),"
            + " Object.create(null), '__proto__', 'constructor'].forEach((flowId) =>"
            + " heard[0]({ flowId }))");
    page.page().waitForCondition(() -> page.reports().size() > 1);
    page.assertReported("foreign __proto__ shown", "foreign constructor shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"undefined", "null", "{ get flowId() { throw new Error('none') } }"})
  void garbageThatASdkTellsIsNoFaultOfThePage(String event) {
    page.open(
        LOADED
            + "<script>window.heard = []; const { on } = Appcues;"
            + "Appcues.on = (name, f) => { heard.push(f); on(name, f) }</script>",
        "provider: 'appcues'");
    page.advance(1);
    page.run("heard.map((f) => f(%s))".formatted(event));
    page.run("heard[0]({ flowId: '9' })");
    page.assertReported("foreign 9 shown");
  }

  @Test
  void aTourThatWasAskedForAnewIsNotSeenTwice() {
    String scripts = APPCUES.replace("appcues", "usertour");
    page.open(
        scripts + "<script>tool.load(); tool.refuses = true</script>", "provider: 'usertour'");
    page.site().trigger("t1", "7");
    awaitStart();
    page.advance(12);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    page.run("tool.refuses = false");
    page.site().trigger("t2", "7");
    page.page().waitForSelector("#usertour-widget");
    page.advance(5);
    page.page().waitForCondition(() -> page.reports().size() > 1);
    assertThat(page.reports()).hasSize(2).last().isEqualTo("t2 shown");
  }

  @Test
  void aClockThatJumpsBackProlongsNoWaiting() {
    page.open(LOADED, "provider: 'appcues'");
    page.run("tool.refuses = true");
    page.site().trigger("t1", "7");
    awaitStart();
    page.advance(1);
    page.run("const now = Date.now; Date.now = () => now() - 3_600_000");
    page.advance(12);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports()).singleElement().asString().startsWith("t1 failed: appcues did not");
  }

  @Test
  void aFailureIsReportedWhateverWasThrown() {
    page.open("", "start: (id) => { throw id === '1' ? Object.create(null) : 'x'.repeat(50_000) }");
    page.site().trigger("t1", "1");
    page.site().trigger("t2", "2");
    page.page().waitForCondition(() -> page.reports().size() > 1);
    assertThat(page.reports()).allMatch(report -> report.length() < 1_100);
    assertThat(page.reports().stream().map(report -> report.substring(0, 9)))
        .containsExactlyInAnyOrder("t1 failed", "t2 failed");
  }
}
