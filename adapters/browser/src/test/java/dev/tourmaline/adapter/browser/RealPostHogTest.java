package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The row of PostHog with its real SDK: product tours that a server of loopback hands out. */
@Tag("real-sdk")
@ExtendWith(PageOfItsOwn.class)
class RealPostHogTest {

  private static final String NEXT = ".ph-tour-button--primary";
  private static final String CLOSE = ".ph-tour-dismiss";
  private static final String TOOLTIP = ".ph-tour-tooltip";

  private static final String TOURS_AND_FLAGS = "**/{api/product_tours,flags}/**";

  private final List<Route> held = new ArrayList<>();

  private TourPage page;
  private FakePostHog posthog;

  @BeforeEach
  void aSite(TourPage page) {
    this.page = page;
    posthog = new FakePostHog(page.site());
  }

  private void open(String more) {
    page.open(posthog.head(more), "provider: 'posthog'");
  }

  private void start(String tour) {
    open("");
    page.site().trigger("t1", tour);
  }

  private void awaitTaken() {
    page.awaitTold("trigger t1 waits: its provider is not ready");
  }

  private void startWithToursHeldBack() {
    page.page().route(TOURS_AND_FLAGS, held::add);
    start("tour-1");
    awaitTaken();
    page.page().waitForCondition(() -> !held.isEmpty());
  }

  private void release(Consumer<Route> how) {
    page.page().unroute(TOURS_AND_FLAGS);
    held.forEach(how);
  }

  /** Waits for the one report of a tour that is not there. */
  private void assertFailed(String why) {
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    page.advance(3);
    assertThat(page.reports()).singleElement().asString().startsWith("t1 failed: ").contains(why);
    assertThat(page.page().isVisible(TOOLTIP)).isFalse();
  }

  @Test
  void aTourThatIsClosedOnTheFirstOfThreeStepsIsDismissed() {
    start("tour-1");
    page.assertReported("t1 shown");
    page.page().click(CLOSE);
    page.advance(3);
    page.assertReported("t1 shown", "t1 dismissed");
  }

  @Test
  void aTourThatIsSeenToItsEndIsCompleted() {
    start("tour-1");
    page.assertReported("t1 shown");
    page.page().click(NEXT);
    page.assertReported("t1 shown", "t1 step 2");
    page.page().click(NEXT);
    page.assertReported("t1 shown", "t1 step 2", "t1 step 3");
    page.page().click(NEXT);
    page.advance(3);
    page.assertReported("t1 shown", "t1 step 2", "t1 step 3", "t1 completed");
  }

  @Test
  void aTourWaitsForToursThatCome() {
    startWithToursHeldBack();
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    release(Route::resume);
    page.assertReported("t1 shown");
  }

  @Test
  void aTourOfToursThatDoNotComeHasFailedAndDoesNotPopUpLater() {
    startWithToursHeldBack();
    page.advance(31);
    assertFailed("posthog was not ready within 30 s");
    release(Route::resume);
    page.advance(10);
    assertFailed("posthog was not ready within 30 s");
  }

  @Test
  void aTourOfAScriptThatNeverLoadsHasFailed() {
    page.page().route("**/static/array.js", held -> {});
    open("");
    page.site().trigger("t1", "tour-1");
    awaitTaken();
    page.advance(31);
    assertFailed("its SDK has not loaded (window.posthog)");
  }

  @Test
  void aTourOfAProjectThatHasToursSwitchedOffHasFailed() {
    posthog.hasTours = false;
    start("tour-1");
    awaitTaken();
    page.advance(31);
    assertFailed("Product tours not loaded");
  }

  @Test
  void aTourThatPostHogDoesNotHaveHasFailed() {
    start("tour-9");
    awaitTaken();
    page.advance(31);
    assertFailed("it has no tour \"tour-9\"");
  }

  @Test
  void aTourWhoseFirstElementIsMissingHasFailed() {
    start("tour-nowhere");
    assertFailed("its first element: not_found");
  }

  @Test
  void aBannerWithoutItsPlaceIsNeverShown() {
    start("tour-banner");
    assertFailed("container_unavailable");
  }

  @Test
  void aTourOfAVisitorWhoOptedOutIsSeenOnTheScreen() {
    open(
        "loaded: (it) => { it.opt_out_capturing(); window.heard = []; it.on('eventCaptured', (e) => heard.push(e)); }");
    page.site().trigger("t1", "tour-1");
    page.assertReported("t1 shown");
    page.page().click(CLOSE);
    page.advance(3);
    page.assertReported("t1 shown", "t1 dismissed");
    assertThat((List<?>) page.run("heard")).isEmpty();
  }

  @Test
  void aTourThatPostHogLaunchesIsReportedAsForeign() {
    posthog.launches = true;
    open("");
    page.page().waitForSelector(TOOLTIP);
    page.page().click(CLOSE);
    page.advance(3);
    page.assertReported("foreign tour-auto shown", "foreign tour-auto dismissed");
  }

  /** Without a copy of the tours the SDK asks for them again, in vain, and shows nothing. */
  @Test
  void ofAStartWithoutNetworkThatIsReportedWhichIsOnTheScreen() {
    open("");
    page.page().waitForFunction("() => posthog.productTours !== undefined");
    page.run(
        "const { productTours } = posthog; const show = productTours.showProductTour;"
            + "productTours.showProductTour = (id) => { window.asked = () => show.call(productTours, id); }");
    page.site().trigger("t1", "tour-1");
    page.page().waitForFunction("() => window.asked");
    page.page().context().setOffline(true);
    page.run("asked()");
    page.advance(11);
    assertThat(page.reports()).isEmpty();
    boolean isThere = page.page().isVisible(TOOLTIP);
    page.page().context().setOffline(false);
    page.advance(5);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports().get(0))
        .isEqualTo(isThere ? "t1 shown" : "t1 failed: posthog did not show it within 10 s");
  }

  @Test
  void aTourWhoseStartIsLostWithTheNetworkHasFailed() {
    startWithToursHeldBack();
    page.page().context().setOffline(true);
    release(Route::abort);
    page.advance(31);
    page.page().context().setOffline(false);
    page.advance(5);
    assertFailed("posthog was not ready within 30 s");
  }

  @Test
  void theNextPageGoesOnReportingATour() {
    start("tour-1");
    page.assertReported("t1 shown");
    page.page().reload();
    page.page().waitForSelector(TOOLTIP);
    int before = running();
    page.advance(31);
    page.page().waitForCondition(() -> running() > before);
    page.page().click(NEXT);
    page.assertReported("t1 shown", "t1 step 2");
    page.page().click(CLOSE);
    page.advance(3);
    page.assertReported("t1 shown", "t1 step 2", "t1 dismissed");
  }

  private int running() {
    return (int) page.site().reports().stream().filter("t1 running"::equals).count();
  }
}
