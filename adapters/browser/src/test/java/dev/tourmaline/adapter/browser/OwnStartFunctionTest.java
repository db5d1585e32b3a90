package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page's own {@code start} function answers and does, and what is reported of it. */
@ExtendWith(PageOfItsOwn.class)
class OwnStartFunctionTest {

  private static void start(TourPage page, String function) {
    page.open("", "start: " + function).site().trigger("t1", "7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          () => true                                       | t1 shown
          async () => true                                 | t1 shown
          () => undefined                                  | t1 shown unconfirmed
          async () => {}                                   | t1 shown unconfirmed
          () => 'anything'                                 | t1 shown unconfirmed
          () => false                                      | t1 failed: the start function refused it
          async () => false                                | t1 failed: the start function refused it
          () => { throw new Error('no step') }             | t1 failed: no step
          () => { throw 'a text' }                         | t1 failed: a text
          () => { throw undefined }                        | t1 failed: undefined
          () => Promise.reject(new Error('no step'))       | t1 failed: no step
          (id, trigger, tour) => tour.shown()              | t1 shown
          (id, trigger, tour) => tour.failed('no step')    | t1 failed: no step
          (id, trigger, tour) => { tour.failed('no step'); return true } | t1 failed: no step
          """)
  void whatTheFunctionAnswersIsReported(String function, String report, TourPage page) {
    start(page, function);
    page.assertReported(report);
  }

  @Test
  void theFunctionIsToldTheFlowTheTriggerAndTheTour(TourPage page) {
    start(page, "(...told) => { window.told = told; return true; }");
    page.assertReported("t1 shown");
    assertThat(page.run("[told[0], told[1].product_id, told[2].id, told[2].flowId].join()"))
        .isEqualTo("7,prod,t1,7");
  }

  @Test
  void aFunctionThatNeverAnswersHasFailedAfterThirtySeconds(TourPage page) {
    start(page, "() => { window.asked = true; return new Promise(() => {}); }");
    page.page().waitForFunction("() => window.asked");
    page.advance(28);
    assertThat(page.reports()).isEmpty();
    page.advance(3);
    page.assertReported("t1 failed: the start function did not answer within 30 s");
  }

  @Test
  void aTourThatAppearsAfterItWasGivenUpIsShown(TourPage page) {
    start(page, "(id, trigger, tour) => new Promise((shown) => (window.showIt = shown))");
    page.page().waitForFunction("() => window.showIt");
    page.advance(31);
    page.run("showIt(true)");
    page.assertReported("t1 failed: the start function did not answer within 30 s", "t1 shown");
  }

  @Test
  void theTourTellsItsStepsAndTheFirstEndStands(TourPage page) {
    start(page, "(id, trigger, tour) => { window.tour = tour; }");
    page.assertReported("t1 shown unconfirmed");
    page.run("tour.shown(); tour.shown(); tour.step(2); tour.step('third')");
    page.run("tour.completed(); tour.dismissed(); tour.failed('late'); tour.step(3); tour.shown()");
    page.site().trigger("t2", "8");
    page.assertReported(
        "t1 shown unconfirmed",
        "t1 shown",
        "t1 step 2",
        "t1 step",
        "t1 completed",
        "t2 shown unconfirmed");
  }

  @ParameterizedTest
  @CsvSource({"completed, completed", "dismissed, dismissed"})
  void anEndOfATourThatWasNotSaidToBeShownShowsIt(String call, String end, TourPage page) {
    start(page, "(id, trigger, tour) => tour.%s()".formatted(call));
    page.assertReported("t1 shown", "t1 " + end);
  }

  @Test
  void aTourThatBreaksOnTheWayHasFailedAndRunsNoMore(TourPage page) {
    start(page, "(id, trigger, tour) => { window.tour = tour; return true; }");
    page.assertReported("t1 shown");
    page.run("tour.failed('the page fell apart')");
    page.assertReported("t1 shown", "t1 failed: the page fell apart");
    page.advance(120);
    assertThat(page.site().reports()).noneMatch(report -> report.endsWith(" running"));
  }

  @Test
  void nothingIsThrownIntoThePageThatOnErrorDoesNotHear(TourPage page) {
    List<String> thrown = new ArrayList<>();
    page.page().onPageError(thrown::add);
    start(page, "(id, trigger, tour) => { window.tour = tour; throw new Error('no step'); }");
    page.assertReported("t1 failed: no step");
    page.run("tour.step({}); tour.failed(null); tour.failed(() => {}); tour.dismissed()");
    page.run("client.close(); tour.shown()");
    page.advance(60);
    assertThat(thrown).isEmpty();
    assertThat(page.run("problems")).isEqualTo(List.of("tourmaline: tour \"7\" did not start"));
  }
}
