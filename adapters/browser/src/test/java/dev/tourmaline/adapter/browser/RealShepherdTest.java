package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.browser.npm.NpmPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tours.shepherd} with Shepherd's last MIT version and its newest. */
@ParameterizedClass
@EnumSource(
    value = NpmPackage.class,
    names = {"SHEPHERD", "LATEST_SHEPHERD"})
class RealShepherdTest extends LibraryToursContract {

  @Override
  String library(TourSite site) {
    String folder = version == NpmPackage.SHEPHERD ? "dist/esm/" : "dist/js/";
    site.file("/shepherd.mjs", version.file(folder + "shepherd.mjs"));
    site.file("/shepherd.css", version.file("dist/css/shepherd.css"));
    return """
    <link rel="stylesheet" href="/shepherd.css">
    <script type="module">
      import Shepherd from '/shepherd.mjs';
      window.aGuide = (steps, more) => {
        window.guide = new Shepherd.Tour({
          useModalOverlay: true,
          defaultStepOptions: {
            cancelIcon: { enabled: true },
            buttons: [{ text: 'Next', action() { return this.next(); } }],
          },
        });
        ['a', 'b', 'c'].slice(0, steps).forEach((id) =>
          guide.addStep({ id, text: id, attachTo: { element: '#' + id, on: 'bottom' }, ...more }));
        return guide;
      };
    </script>
    """;
  }

  @Override
  String name() {
    return "shepherd";
  }

  @Override
  String guide(int steps) {
    return "aGuide(%d)".formatted(steps);
  }

  @Override
  String end() {
    return "guide.cancel()";
  }

  @Override
  String next() {
    return ".shepherd-element .shepherd-button:visible";
  }

  @Override
  String close() {
    return ".shepherd-element .shepherd-cancel-icon:visible";
  }

  @Test
  void closingTheLastStepIsNotCompletingIt(TourPage page) {
    goToLastStep(page);
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 step 3", "t1 dismissed");
  }

  @Test
  void escapeOnTheFirstOfThreeStepsDismisses(TourPage page) {
    startThree(page);
    page.page().press(".shepherd-element", "Escape");
    assertAllReported(page, "t1 shown", "t1 dismissed");
  }

  @Test
  void aTourIsNotShownWhileItsFirstStepIsPrepared(TourPage page) {
    start(page, "aGuide(3, { beforeShowPromise: () => new Promise((go) => (window.go ??= go)) })");
    page.page().waitForFunction("() => window.go");
    page.advance(5);
    assertThat(page.reports()).isEmpty();
    page.run("go()");
    page.assertReported("t1 shown");
  }

  @Test
  void aTourThatIsCancelledWhileItIsPreparedHasFailed(TourPage page) {
    start(page, "aGuide(3, { beforeShowPromise: () => new Promise((go) => (window.go ??= go)) })");
    page.page().waitForFunction("() => window.go");
    page.run("guide.cancel(); go()");
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    // Shepherd shows the step that it has prepared all the same: nothing starts on top of it.
    page.page().waitForSelector(".shepherd-element");
    page.run("guide.steps.forEach((step) => step.destroy())");
    assertAllReported(page, "t1 failed: the tour \"flow\" was ended before it was seen");
  }

  @Test
  void aTourWhosePreparationFailsHasFailed(TourPage page) {
    start(
        page,
        "aGuide(3, { beforeShowPromise: () => (window.asked = true) && Promise.reject(new Error('no')) })");
    page.page().waitForFunction("() => window.asked");
    page.advance(31);
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertAllReported(page, "t1 failed: the start function did not answer within 30 s");
  }

  @Test
  void aTourThatIsStartedAgainIsNotReportedForTheTriggerThatFailed(TourPage page) {
    start(page, "aGuide(3, { beforeShowPromise: () => new Promise((go) => (window.go = go)) })");
    page.page().waitForFunction("() => window.go");
    page.advance(31);
    String failed = "t1 failed: the start function did not answer within 30 s";
    page.assertReported(failed);
    page.run("window.go = undefined");
    page.site().trigger("t2", "flow");
    page.page().waitForFunction("() => window.go");
    page.run("go()");
    page.assertReported(failed, "t2 shown");
    page.page().click(close());
    assertAllReported(page, failed, "t2 shown", "t2 dismissed");
  }
}
