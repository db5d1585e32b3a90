package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of the table of providers, against a stand-in for its SDK in a real browser: what is
 * reported is what a visitor has seen.
 */
@ExtendWith(PageOfItsOwn.class)
class ProviderStandInsTest {

  private TourPage page;

  @BeforeEach
  void aPage(TourPage own) {
    page = own;
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

  private void awaitWait(int trigger) {
    page.awaitTold("trigger t" + trigger + " waits: its provider is not ready");
  }

  private static String stepOf(String provider, int number) {
    return provider.equals("chameleon") ? " step" : " step " + number;
  }

  @ParameterizedTest
  @MethodSource("telling")
  void aTourThatIsClosedOnItsFirstStepIsDismissedAlsoOnTheNextPage(String provider) {
    start(provider);
    awaitTour();
    page.assertReported("t1 shown");
    act("tool.end('dismissed')");
    page.assertReported("t1 shown", "t1 dismissed");

    page.run("tool.flows.push('9')");
    page.site().trigger("t2", "9");
    awaitTour();
    page.assertReported("t1 shown", "t1 dismissed", "t2 shown");
    page.page().reload();
    page.run("tool.flows.push('9'); tool.load()");
    page.advance(2);
    page.run("tool.show('9')");
    act("tool.next()");
    act("tool.end('dismissed')");
    page.assertReported(
        "t1 shown", "t1 dismissed", "t2 shown", "t2" + stepOf(provider, 2), "t2 dismissed");
  }

  @ParameterizedTest
  @MethodSource("telling")
  void aTourOfALateSdkIsSeenToItsEndAndTheProvidersOwnIsForeign(String provider) {
    page.openStandIn(provider);
    page.site().trigger("t1", "7");
    awaitWait(1);
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    page.run("tool.flows.push('9'); tool.load()");
    page.advance(2);
    awaitTour();
    act("tool.next()");
    act("tool.next()");
    act("tool.end('completed')");
    act("tool.show('9')");
    act("tool.end('dismissed')");

    Stream<String> expected =
        Stream.of(
            "t1 shown",
            "t1" + stepOf(provider, 2),
            "t1" + stepOf(provider, 3),
            "t1 completed",
            "foreign 9 shown",
            "foreign 9 dismissed");
    page.assertReported(expected.distinct().toArray(String[]::new));
  }

  @Test
  void usertoursTourIsSeenAndItsEndIsLeftToItsServer() {
    page.openStandIn("usertour");
    page.site().trigger("t1", "7");
    awaitWait(1);
    page.advance(5);
    page.run("tool.load()");
    page.advance(2);
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
    awaitWait(1);
    page.advance(12);
    page.assertReported("t1 shown unconfirmed");
    page.run("tool.refuses = false; tool.pending = undefined; usertour.start('7')");
    page.advance(3);
    page.assertReported("t1 shown unconfirmed", "t1 shown");
  }

  @ParameterizedTest
  @MethodSource("silent")
  void aProviderThatTellsNothingShowsUnconfirmed(String provider) {
    page.openStandIn(provider);
    page.site().trigger("t1", "7");
    awaitWait(1);
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    page.run("tool.load()");
    page.advance(2);
    awaitTour();
    page.advance(11);
    page.assertReported("t1 shown unconfirmed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usertour", "userflow"})
  void aStartThatIsRejectedFailsAndIsNoFaultOfThePage(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.run(
        "window.faults = [];"
            + "addEventListener('unhandledrejection', ({ reason }) => faults.push(`${reason}`))");
    page.run(
        "void (%s.start = async () => { throw new Error('no such flow'); })".formatted(provider));
    page.site().trigger("t1", "7");
    page.assertReported("t1 failed: no such flow");
    assertThat(page.run("faults")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSdkThatNeverLoadsFailsWithTheReason(String provider) {
    page.openStandIn(provider);
    page.site().trigger("t1", "7");
    awaitWait(1);
    page.advance(31);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports())
        .singleElement()
        .asString()
        .startsWith("t1 failed: %s was not ready within 30 s: ".formatted(provider))
        .contains("its SDK has not loaded");
    page.run("tool.load()");
    page.advance(2);
    assertThat(page.page().querySelector("#tour-box")).as("a call that waited").isNull();
  }

  @ParameterizedTest
  @MethodSource("reliable")
  void whatDoesNotAppearFailsUntilItAppearsAfterAll(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.site().trigger("t1", "99");
    awaitWait(1);
    page.advance(41);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports())
        .as("a flow that the provider does not have")
        .singleElement()
        .asString()
        .startsWith("t1 failed: " + provider);

    page.run("tool.refuses = true");
    page.site().trigger("t2", "7");
    awaitWait(2);
    page.advance(12);
    page.page().waitForCondition(() -> page.reports().size() > 1);
    assertThat(page.reports().get(1)).as("nothing").startsWith("t2 failed: " + provider);

    page.run("tool.refuses = false");
    page.run("if (window.usertour) usertour.start('7'); else tool.show('7')");
    page.advance(3);
    page.page().waitForCondition(() -> page.reports().size() > 2);
    assertThat(page.reports().subList(2, page.reports().size())).containsExactly("t2 shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"userflow", "intercom", "jimo", "chameleon"})
  void aMissingFlowOfASilentProviderIsNeverConfirmed(String provider) {
    page.openStandIn(provider).run("tool.load()");
    page.site().trigger("t1", "99");
    awaitWait(1);
    page.advance(41);
    page.assertReported("t1 shown unconfirmed");
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
