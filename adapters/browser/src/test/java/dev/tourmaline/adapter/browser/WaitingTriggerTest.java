package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a trigger while its tour waits until it is welcome. */
@ExtendWith(PageOfItsOwn.class)
class WaitingTriggerTest {

  private TourPage page;

  @BeforeEach
  void aPage(TourPage own) {
    page = own;
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START).pause();
  }

  private void assertNothingStarted() {
    assertThat(page.run("starts")).isEqualTo(List.of());
    assertThat(page.reports()).isEmpty();
  }

  private void assertStarted(String flow) {
    page.page().waitForCondition(() -> page.run("starts").equals(List.of(flow)));
  }

  @Test
  void whileATourRunsNoOtherStartsOnTopOfIt() {
    page.site().trigger("t1", "first");
    assertStarted("first");
    page.site().trigger("t2", "second");
    page.awaitTold("trigger t2 waits: another tour is open");
    page.advance(20);
    assertStarted("first");
    page.run("tour.completed()");
    page.advance(1);
    page.assertReported("t1 shown", "t1 completed", "t2 shown");
  }

  @Test
  void ofTwoTriggersAtTheSameInstantOneWaits() {
    page.site().trigger("t1", "first");
    page.site().trigger("t2", "second");
    page.assertReported("t1 shown");
    page.awaitTold("trigger t2 waits: another tour is open");
    page.advance(31);
    page.awaitTold("trigger t2 withdrawn");
    page.assertReported("t1 shown");
  }

  @Test
  void aTourThatNobodySawMayBeOpenForFiveMinutes() {
    page.open(
            UnwantedStartTest.HEAD,
            UnwantedStartTest.START.replace("return true", "return undefined"))
        .pause();
    page.site().trigger("t1", "unseen");
    page.assertReported("t1 shown unconfirmed");
    page.advance(200);
    page.site().trigger("t2", "second", "{\"expires_in\": 200}");
    // A stream that was silent for so long is opened again first.
    page.page()
        .waitForCondition(
            () -> {
              page.advance(1);
              return page.run("told").toString().contains("t2 waits: another tour is open");
            });
    page.advance(110);
    page.assertReported("t1 shown unconfirmed", "t2 shown unconfirmed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1e-9"})
  void aTriggerWhoseTimeIsOverStartsNothing(String expiresIn) {
    page.site().trigger("t1", "over", "{\"show_on\": [\"/x\"], \"expires_in\": " + expiresIn + "}");
    page.page().clock().runFor(300);
    page.awaitTold("trigger t1 withdrawn");
    assertNothingStarted();
    page.site().trigger("t2", "now", "{\"expires_in\": 1}");
    assertStarted("now");
  }

  @Test
  void aMachineThatSleptStartsNothingThatIsStale() {
    Obstacle.A_FIELD.put(page);
    page.site().trigger("t1", "stale");
    page.awaitTold("trigger t1 waits: a text field has the focus");
    page.run("{ const now = Date.now; Date.now = () => now() + 3_600_000 }");
    Obstacle.A_FIELD.remove(page);
    page.advance(1);
    page.awaitTold("trigger t1 withdrawn");
    assertNothingStarted();
  }

  @Test
  void onlyTheTabInWhichEverythingHoldsStartsATour() {
    Page right = page.openTab("/settings/billing");
    Page hidden = page.openTab("/settings/billing/");
    hidden.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' }); 0");
    page.site().trigger("t1", "billing", "{\"show_on\": [\"/settings/billing\"]}");
    right.waitForFunction("() => starts.length === 1");
    page.awaitTold("trigger t1 waits: the visitor is on another page");
    hidden.waitForFunction("() => told.includes('trigger t1 waits: the tab is hidden')");

    page.run("history.pushState({}, '', '/settings/billing')");
    hidden.evaluate("delete document.visibilityState");
    page.advance(1);
    page.awaitTold("trigger t1 left: another tab has it");
    assertThat(page.run("starts")).isEqualTo(List.of());
    page.assertReported("t1 shown");
  }

  @Test
  void atTheLastInstantBeforeAProviderIsAskedEverythingHolds() {
    page.open(
            "<script src=\"/standins/tool.js\"></script><script src=\"/standins/appcues.js\"></script>"
                + UnwantedStartTest.HEAD
                    .substring(UnwantedStartTest.HEAD.indexOf("<script>"))
                    .replace("tool.load();", ""),
            "provider: 'appcues'")
        .pause();
    page.site().trigger("t1", "7");
    page.awaitTold("trigger t1 waits: its provider is not ready");
    page.advance(5);
    Obstacle.A_FIELD.put(page);
    page.run("tool.load()");
    page.advance(5);
    page.awaitTold("trigger t1 waits: a text field has the focus");
    assertThat(page.page().querySelector("#tour-box")).isNull();
    Obstacle.A_FIELD.remove(page);
    page.advance(1);
    page.page().waitForSelector("#tour-box");
    page.assertReported("t1 shown");
  }

  @Test
  void aTriggerThatWaitsGoesOnWaitingOnTheNextPage() {
    String terms = "{\"show_on\": [\"/settings/billing\"]}";
    page.site().trigger("t1", "billing", terms);
    page.awaitTold("trigger t1 waits: the visitor is on another page");
    page.site().trigger("t2", "here");
    page.assertReported("t2 shown");
    page.run("tour.completed()");
    page.assertReported("t2 shown", "t2 completed");
    assertThat(page.run("sessionStorage['tourmaline:last:prod'] ?? ''"))
        .as("from where on the next page asks for triggers")
        .isEqualTo("");
  }

  @Test
  void aPageThatAsksForNoReasonsIsToldNone() {
    List<String> console = new CopyOnWriteArrayList<>();
    page.page().onConsoleMessage(message -> console.add(message.text()));
    page.open(
            UnwantedStartTest.HEAD,
            UnwantedStartTest.START + ", debug: undefined, onError: undefined")
        .pause();
    Obstacle.A_FIELD.put(page);
    page.site().trigger("t1", "held-back", "{\"show_on\": [\"/\"]}");
    page.advance(31);
    Obstacle.A_FIELD.remove(page);
    page.site().trigger("t2", "here");
    assertStarted("here");
    assertThat(console).noneMatch(line -> line.contains("tourmaline") || line.contains("t1"));
    assertThat(page.run("told")).isEqualTo(List.of());
  }
}
