package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.browser.npm.NpmPackage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;

/**
 * What holds for every ready-made start function, run with the real library from npm: what is
 * reported is what the visitor has seen, and the first end of a tour is its only one.
 */
@Tag("real-sdk")
@ExtendWith(PageOfItsOwn.class)
abstract class LibraryToursContract {

  @Parameter NpmPackage version;

  /** Puts the library's files on the site; answers what loads them in a page. */
  abstract String library(TourSite site);

  /** {@return the name of the start function below {@code tours}} */
  abstract String name();

  /**
   * {@return an expression for a tour of so many steps, in the way that the library has it} The
   * tour is put into {@code window.guide} too.
   */
  abstract String guide(int steps);

  /** {@return what the page calls to end {@code guide}} */
  abstract String end();

  abstract String next();

  abstract String close();

  void start(TourPage page, String flow) {
    String tours =
        "<script type=\"module\">window.seen = []; window.TOURS = { flow: %s };</script>"
            .formatted(flow);
    page.open(library(page.site()) + tours, "start: tours." + name() + "(TOURS)");
    page.site().trigger("t1", "flow");
  }

  void startThree(TourPage page) {
    start(page, guide(3));
    page.assertReported("t1 shown");
  }

  /** Reports come in order, so what a last trigger comes to is reported after all else. */
  static void assertAllReported(TourPage page, String... expected) {
    page.advance(2);
    page.page().waitForCondition(() -> page.reports().size() >= expected.length);
    page.site().trigger("last", "missing");
    Stream<String> last = Stream.of("last failed: this page has no tour \"missing\"");
    page.assertReported(Stream.concat(Stream.of(expected), last).toArray(String[]::new));
  }

  static void advanceTo(TourPage page, LibraryToursContract library, int step, String... reports) {
    page.page().click(library.next());
    page.assertReported(
        Stream.concat(List.of(reports).stream(), Stream.of("t1 step " + step))
            .toArray(String[]::new));
  }

  void goToLastStep(TourPage page) {
    startThree(page);
    advanceTo(page, this, 2, "t1 shown");
    advanceTo(page, this, 3, "t1 shown", "t1 step 2");
  }

  @Test
  void aTourThatIsClosedOnTheFirstOfThreeStepsIsDismissed(TourPage page) {
    startThree(page);
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 dismissed");
  }

  @Test
  void aTourThatIsSeenToItsEndIsCompleted(TourPage page) {
    goToLastStep(page);
    page.page().click(next());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 step 3", "t1 completed");
  }

  @Test
  void aTourOfOneStepIsCompletedByItsButton(TourPage page) {
    start(page, guide(1));
    page.assertReported("t1 shown");
    page.page().click(next());
    assertAllReported(page, "t1 shown", "t1 completed");
  }

  @Test
  void aTourThatThePageEndsInTheMiddleIsDismissed(TourPage page) {
    startThree(page);
    advanceTo(page, this, 2, "t1 shown");
    page.run(end());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 dismissed");
  }

  @Test
  void aTourWithoutStepsHasFailed(TourPage page) {
    start(page, guide(0));
    page.awaitTold("trigger t1 begins");
    page.advance(4);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertAllReported(page, page.reports().get(0));
    assertThat(page.reports().get(0)).startsWith("t1 failed: ");
  }

  @Test
  void aTourThatThePageDoesNotHaveHasFailed(TourPage page) {
    start(page, guide(3));
    page.assertReported("t1 shown");
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 dismissed");
  }

  @Test
  void aTourThatCannotBeMadeHasFailed(TourPage page) {
    start(page, "() => { throw new Error('no steps for this visitor'); }");
    assertAllReported(page, "t1 failed: no steps for this visitor");
  }

  @Test
  void theSameTourIsReportedForTheTriggerThatStartedIt(TourPage page) {
    startThree(page);
    closeAndStartAgain(page);
  }

  void closeAndStartAgain(TourPage page) {
    page.page().click(close());
    page.assertReported("t1 shown", "t1 dismissed");
    page.site().trigger("t2", "flow");
    page.assertReported("t1 shown", "t1 dismissed", "t2 shown");
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 dismissed", "t2 shown", "t2 dismissed");
  }
}
