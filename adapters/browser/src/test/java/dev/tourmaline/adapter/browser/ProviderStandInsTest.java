package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of the table of providers, against a stand-in for its SDK in a real browser: what is
 * reported is what a visitor has seen.
 */
class ProviderStandInsTest {

  private static ChromiumBrowser chromium;

  private TourPage page;

  @BeforeAll
  static void start() {
    chromium = ChromiumBrowser.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void aPage() {
    page = new TourPage(chromium.browser());
  }

  @AfterEach
  void thePageGoes() {
    page.close();
  }

  static Stream<String> telling() {
    return Stream.of(
        "userpilot",
        "appcues",
        "pendo",
        "chameleon",
        "userguiding",
        "usetiful",
        "productfruits",
        "posthog");
  }

  static Stream<String> silent() {
    return Stream.of("userflow", "intercom", "jimo");
  }

  /** Those whose silence is a sign. */
  static Stream<String> reliable() {
    return Stream.concat(
        Stream.of("usertour"), telling().filter(name -> !name.equals("chameleon")));
  }

  static Stream<String> all() {
    return Stream.of(Stream.of("usertour"), telling(), silent()).flatMap(names -> names);
  }

  private void start(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.site().trigger("t1", "7");
  }

  /** The stand-ins that are asked, not heard, need time to be asked in. */
  private void act(String script) {
    page.run(script);
    page.advance(3);
  }

  private void awaitTour() {
    page.page().waitForSelector("#tour-box, #usertour-widget");
    page.advance(1);
  }

  @ParameterizedTest
  @MethodSource("telling")
  void aTourThatIsClosedOnItsFirstStepIsShownAndDismissed(String provider) {
    start(provider);
    awaitTour();
    page.assertReported("t1 shown");
    act("tool.end('dismissed')");
    page.assertReported("t1 shown", "t1 dismissed");
  }

  @ParameterizedTest
  @MethodSource("telling")
  void aTourThatIsSeenToItsEndIsCompleted(String provider) {
    start(provider);
    awaitTour();
    act("tool.next()");
    act("tool.next()");
    act("tool.end('completed')");
    if (provider.equals("chameleon")) {
      page.assertReported("t1 shown", "t1 step", "t1 completed");
    } else {
      page.assertReported("t1 shown", "t1 step 2", "t1 step 3", "t1 completed");
    }
  }

  @Test
  void usertoursTourIsSeenAndItsEndIsLeftToItsServer() {
    start("usertour");
    awaitTour();
    page.assertReported("t1 shown");
    page.advance(31);
    page.page().waitForCondition(() -> page.site().reports().contains("t1 running"));
    int running = page.site().reports().size();
    act("tool.end('dismissed')");
    page.advance(120);
    assertThat(page.site().reports()).hasSizeLessThanOrEqualTo(running + 1);
    page.assertReported("t1 shown");
  }

  @Test
  void whatUsertourCallsStartedIsNotOnTheScreenYet() {
    page.openStandIn("usertour").run("tool.load(); tool.refuses = true; tool.pending = '7'");
    page.site().trigger("t1", "7");
    page.page().waitForSelector(".host", attached());
    page.advance(11);
    page.assertReported("t1 shown unconfirmed");
    page.run("tool.refuses = false; tool.pending = undefined; usertour.start('7')");
    page.advance(3);
    page.assertReported("t1 shown unconfirmed", "t1 shown");
  }

  private static com.microsoft.playwright.Page.WaitForSelectorOptions attached() {
    return new com.microsoft.playwright.Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
  }

  @ParameterizedTest
  @MethodSource("silent")
  void aProviderThatTellsNothingShowsUnconfirmed(String provider) {
    start(provider);
    awaitTour();
    page.advance(11);
    page.assertReported("t1 shown unconfirmed");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSdkThatLoadsAfterFiveSecondsShowsItsTourThen(String provider) {
    page.openStandIn(provider);
    page.run("tool.listeners.push((what) => (window.heard = what))");
    page.site().trigger("t1", "7");
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    page.run("tool.load()");
    page.advance(2);
    awaitTour();
    page.advance(11);
    page.assertReported(silent().anyMatch(provider::equals) ? "t1 shown unconfirmed" : "t1 shown");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSdkThatNeverLoadsFailsWithTheReason(String provider) {
    page.openStandIn(provider);
    page.site().trigger("t1", "7");
    waitForTaken();
    page.advance(31);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports())
        .singleElement()
        .asString()
        .startsWith("t1 failed: %s was not ready within 30 s: ".formatted(provider))
        .contains("its SDK has not loaded");
    assertThat(page.page().querySelector("#tour-box")).isNull();
  }

  private void waitForTaken() {
    page.page().waitForFunction("() => sessionStorage.getItem('tourmaline:handled') !== null");
  }

  @ParameterizedTest
  @MethodSource("reliable")
  void aFlowThatTheProviderDoesNotHaveFails(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.site().trigger("t1", "99");
    waitForTaken();
    page.advance(41);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports()).singleElement().asString().startsWith("t1 failed: " + provider);
  }

  @ParameterizedTest
  @ValueSource(strings = {"userflow", "intercom", "jimo", "chameleon"})
  void aMissingFlowOfASilentProviderIsNeverConfirmed(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.site().trigger("t1", "99");
    waitForTaken();
    page.advance(41);
    page.assertReported("t1 shown unconfirmed");
  }

  @ParameterizedTest
  @MethodSource("reliable")
  void aStartThatComesToNothingFailsAndIsSeenAllTheSameOnceItAppears(String provider) {
    page.openStandIn(provider).run("tool.load(); tool.refuses = true");
    page.site().trigger("t1", "7");
    waitForTaken();
    page.advance(11);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports()).singleElement().asString().startsWith("t1 failed: " + provider);

    page.run("tool.refuses = false; " + SHOWN_LATE);
    page.advance(3);
    page.page().waitForCondition(() -> page.reports().size() > 1);
    assertThat(page.reports().get(1)).isEqualTo("t1 shown");
  }

  private static final String SHOWN_LATE =
      "if (window.usertour) usertour.start('7'); else tool.show('7')";

  @ParameterizedTest
  @MethodSource("telling")
  void aTourThatTheProviderStartsItselfIsReportedAsForeign(String provider) {
    page.openStandIn(provider).run("tool.flows.push('9'); tool.load()");
    page.advance(2);
    page.run("tool.show('9')");
    page.advance(2);
    act("tool.end('dismissed')");
    page.assertReported("foreign 9 shown", "foreign 9 dismissed");
  }

  @ParameterizedTest
  @MethodSource("telling")
  void theNextPageGoesOnReportingATourThatOutlivesItsPage(String provider) {
    start(provider);
    awaitTour();
    page.assertReported("t1 shown");
    page.page().reload();
    page.run("tool.load()");
    page.advance(2);
    page.run("tool.show('7')");
    act("tool.next()");
    act("tool.end('dismissed')");
    String step = provider.equals("chameleon") ? "t1 step" : "t1 step 2";
    page.assertReported("t1 shown", step, "t1 dismissed");
  }

  @Test
  void reportsSurviveAServerThatIsAwayAndAPageThatIsLeft() {
    page.site().takesFeedback = false;
    start("appcues");
    awaitTour();
    act("tool.end('dismissed')");
    assertThat(page.reports()).isEmpty();
    page.page().reload();
    page.site().takesFeedback = true;
    page.advance(40);
    page.assertReported("t1 shown", "t1 dismissed");
  }
}
