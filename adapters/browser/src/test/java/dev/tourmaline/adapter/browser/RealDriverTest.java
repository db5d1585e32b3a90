package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.browser.npm.NpmPackage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tours.driver} with the newest and the oldest driver.js 1.x. */
@ParameterizedClass
@EnumSource(
    value = NpmPackage.class,
    names = {"DRIVER", "OLDEST_DRIVER"})
class RealDriverTest extends LibraryToursContract {

  private static final String STEPS =
      "['a', 'b', 'c'].map((id) => ({ element: '#' + id, popover: { title: id } }))";

  @Override
  String library(TourSite site) {
    site.file("/driver.js", version.file("dist/driver.js.iife.js"));
    site.file("/driver.css", version.file("dist/driver.css"));
    return """
    <link rel="stylesheet" href="/driver.css">
    <script src="/driver.js"></script>
    """;
  }

  @Override
  String name() {
    return "driver";
  }

  @Override
  String guide(int steps) {
    return driver("{ steps: %s.slice(0, %d) }".formatted(STEPS, steps));
  }

  private static String driver(String config) {
    return "(window.guide = driver.js.driver(%s))".formatted(config);
  }

  @Override
  String end() {
    return "guide.destroy()";
  }

  @Override
  String next() {
    return ".driver-popover-next-btn";
  }

  @Override
  String close() {
    return ".driver-popover-close-btn";
  }

  @Test
  void aListOfStepsWillDo(TourPage page) {
    start(page, STEPS);
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
  void theCallbacksOfThePageAreStillCalled(TourPage page) {
    start(
        page,
        driver(
            """
            {
              steps: %s.map((step, i) => i === 1 ? { ...step, onHighlighted: () => seen.push('own 2') } : step),
              onHighlighted: () => seen.push('shown'),
              onDestroyed: () => seen.push('gone'),
              onDestroyStarted: () => {
                seen.push('ends');
                if (window.mayEnd) guide.destroy();
              },
            }
            """
                .formatted(STEPS)));
    page.assertReported("t1 shown");
    advanceTo(page, this, 2, "t1 shown");
    page.page().click(close());
    page.advance(2);
    assertThat(page.page().isVisible(".driver-popover")).isTrue();
    page.assertReported("t1 shown", "t1 step 2");
    page.run("window.mayEnd = true");
    page.page().click(close());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 dismissed");
    assertThat(page.run("seen")).isEqualTo(List.of("shown", "own 2", "ends", "ends", "gone"));
  }

  @Test
  void theLastStepsOwnButtonThatEndsTheTourCompletesIt(TourPage page) {
    String ending =
        "{ steps: %s.slice(0, 2), onNextClick: () => guide.hasNextStep() ? guide.moveNext() : guide.destroy() }";
    start(page, driver(ending.formatted(STEPS)));
    page.assertReported("t1 shown");
    advanceTo(page, this, 2, "t1 shown");
    page.page().click(next());
    assertAllReported(page, "t1 shown", "t1 step 2", "t1 completed");
  }

  @Test
  void aTourThatEndsBeforeItsFirstStepIsSeenHasFailed(TourPage page) {
    start(page, "() => { setTimeout(() => guide.destroy()); return %s; }".formatted(guide(3)));
    assertAllReported(page, "t1 failed: the tour \"flow\" was ended before it was seen");
  }

  @Test
  void aStepWhoseSelectorIsWrongHasFailedAndLeavesThePageUsable(TourPage page) {
    start(page, "[{ element: '#[', popover: { title: 'a' } }]");
    page.page().waitForCondition(() -> !page.reports().isEmpty());
    assertThat(page.reports().get(0)).startsWith("t1 failed: ").contains("#[");
    assertThat(page.run("document.body.classList.contains('driver-active')")).isEqualTo(false);
  }
}
