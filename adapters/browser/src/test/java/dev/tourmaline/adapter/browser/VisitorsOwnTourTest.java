package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A tour that the visitor opens himself counts for nothing, but for that none starts on top of it.
 */
@ExtendWith(PageOfItsOwn.class)
class VisitorsOwnTourTest {

  private static TourPage open(String provider, TourPage page) {
    page.openStandIn(provider).run("tool.flows.push('9'); tool.load()");
    page.advance(1);
    return page;
  }

  @Test
  void aTourThatTheVisitorOpensIsNotReportedAndNothingStartsOnTopOfIt(TourPage page) {
    open("appcues", page);
    page.run("client.openedByVisitor('9'); tool.show('9'); tool.next()");
    page.site().trigger("t1", "7", "{\"expires_in\": 600}");
    page.awaitTold("trigger t1 waits: another tour is open");
    page.advance(60);
    assertThat(page.site().reports()).isEmpty();
    page.run("tool.end('completed')");
    page.advance(1);
    page.page().waitForSelector("#tour-box");
    page.assertReported("t1 shown");
    page.run("tool.end('completed'); tool.show('9')");
    page.assertReported("t1 shown", "t1 completed", "foreign 9 shown");
  }

  @Test
  void theWordThatTheVisitorOpensATourHoldsForHalfAMinute(TourPage page) {
    open("appcues", page);
    page.run("client.openedByVisitor('9')");
    page.advance(31);
    page.run("tool.show('9')");
    page.assertReported("foreign 9 shown");
  }

  @Test
  void postHogTellsThatTheVisitorHasClickedForATour(TourPage page) {
    open("posthog", page);
    page.run("tool.reason = 'trigger'; tool.show('9'); tool.next()");
    page.site().trigger("t1", "7");
    page.awaitTold("trigger t1 waits: another tour is open");
    page.run("tool.end('dismissed'); tool.reason = 'auto'; tool.flows.push('8'); tool.show('8')");
    page.assertReported("foreign 8 shown");
  }
}
