package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.browser.npm.NpmPackage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tours.intro} with intro.js 8 and 7, which differ in how they are made and asked. */
@ParameterizedClass
@EnumSource(
    value = NpmPackage.class,
    names = {"INTRO", "INTRO_7"})
class RealIntroTest extends LibraryToursContract {

  @Override
  String library(TourSite site) {
    site.file("/intro.js", version.file("minified/intro.min.js"));
    site.file("/intro.css", version.file("minified/introjs.min.css"));
    return """
    <link rel="stylesheet" href="/intro.css">
    <script src="/intro.js"></script>
    <script>
      const stepsOf = (n) => ['a', 'b', 'c'].slice(0, n).map((id) => ({ element: '#' + id, intro: id }));
      const aGuide = (n, more) => {
        window.guide = (introJs.tour ?? introJs)();
        guide.setOptions({ steps: stepsOf(n), ...more });
        return guide;
      };
    </script>
    """;
  }

  @Override
  String name() {
    return "intro";
  }

  @Override
  String guide(int steps) {
    return "aGuide(%d)".formatted(steps);
  }

  @Override
  String end() {
    return "guide.exit()";
  }

  @Override
  String next() {
    return ".introjs-tooltip .introjs-nextbutton, .introjs-tooltip .introjs-donebutton";
  }

  @Override
  String close() {
    return ".introjs-tooltip .introjs-skipbutton";
  }

  /** Version 8 shows what it has made only once. */
  @Override
  @Test
  void theSameTourIsReportedForTheTriggerThatStartedIt(TourPage page) {
    start(page, "() => aGuide(3)");
    page.assertReported("t1 shown");
    closeAndStartAgain(page);
  }

  @Test
  void aListOfStepsWillDo(TourPage page) {
    start(page, "stepsOf(3)");
    page.assertReported("t1 shown");
    page.page().mouse().click(700, 500); // on the overlay
    assertAllReported(page, "t1 shown", "t1 dismissed");
  }

  @Test
  void escapeOnTheFirstOfThreeStepsDismisses(TourPage page) {
    startThree(page);
    page.page().keyboard().press("Escape");
    assertAllReported(page, "t1 shown", "t1 dismissed");
  }

  @Test
  void skippingOnTheLastStepIsNotCompletingIt(TourPage page) {
    goToLastStep(page);
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 step 3", "t1 dismissed");
  }

  @Test
  void theArrowKeyBeyondTheLastStepCompletes(TourPage page) {
    goToLastStep(page);
    page.page().keyboard().press("ArrowRight");
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 step 3", "t1 completed");
  }

  @Test
  void theCallbacksOfThePageAreStillCalled(TourPage page) {
    start(
        page,
        """
        () => {
          aGuide(2);
          guide.onafterchange(() => seen.push('step'));
          guide.oncomplete(() => seen.push('complete'));
          guide.onexit(() => seen.push('exit'));
          return guide;
        }
        """);
    page.assertReported("t1 shown");
    advanceTo(page, this, 2, "t1 shown");
    page.page().click(next());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 completed");
    assertThat(page.run("seen")).isEqualTo(List.of("step", "step", "complete", "exit"));
  }

  @Test
  void anExitThatThePageForbidsIsNone(TourPage page) {
    start(page, "() => { aGuide(3).onbeforeexit(() => false); return guide; }");
    page.assertReported("t1 shown");
    page.page().click(close());
    assertThat(page.page().isVisible(".introjs-tooltip")).isTrue();
    // Reports come in order: an end would come before the next step.
    advanceTo(page, this, 2, "t1 shown");
  }

  @Test
  void aTourThatIsSwitchedOffIsNeverShown(TourPage page) {
    start(page, "() => (window.started = aGuide(3, { isActive: false }))");
    page.page().waitForFunction("() => window.started");
    page.advance(4);
    assertAllReported(page, "t1 failed: the tour \"flow\" did not appear");
  }
}
