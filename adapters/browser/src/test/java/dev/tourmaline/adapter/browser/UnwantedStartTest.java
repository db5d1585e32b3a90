package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where and when a tour would be unwelcome it does not start, and as soon as it is welcome it does.
 */
@ExtendWith(PageOfItsOwn.class)
class UnwantedStartTest {

  static final String HEAD =
      """
      <script src="/standins/tool.js"></script><script src="/standins/posthog.js"></script>
      <script>
        tool.load();
        window.starts = [];
        window.added = [];
        window.clear = () => added.splice(0).forEach((one) => one.remove());
        window.add = (html) => {
          const box = document.createElement('div');
          box.innerHTML = html;
          added.push(box.firstChild);
          return document.body.appendChild(box.firstChild);
        };
      </script>
      """;
  static final String START =
      "start: (id, trigger, tour) => { starts.push(id); window.tour = tour; return true }";

  private static TourPage page;
  private static int triggers;

  @BeforeAll
  static void aPage(TourPage own) {
    page = own;
    page.site().file("/frame", "<!doctype html><input>");
  }

  @BeforeEach
  void anEmptyPage() {
    page.site().expire();
    page.open(HEAD, START).pause();
  }

  private static String trigger(String flow, String terms) {
    String id = "t" + ++triggers;
    page.site().trigger(id, flow, terms);
    return "trigger " + id + " ";
  }

  private static void assertNothingStarted() {
    assertThat(page.run("starts")).isEqualTo(List.of());
  }

  private static void assertStarted(String flow) {
    page.page().waitForCondition(() -> page.run("starts").equals(List.of(flow)));
    page.page().waitForCondition(() -> page.reports().contains("t" + triggers + " shown"));
  }

  @ParameterizedTest
  @EnumSource
  void aTourIsNotStartedUntilItIsWelcome(Obstacle obstacle) {
    obstacle.put(page);
    String late = trigger("too-late", obstacle.terms);
    page.awaitTold(late + "waits: " + obstacle.reason);
    page.advance(obstacle.terms.contains("expires_in") ? 2 : 30);
    page.awaitTold(late + "withdrawn");
    assertNothingStarted();
    assertThat(page.reports()).noneMatch(report -> report.startsWith("t" + triggers + " "));

    String inTime = trigger("in-time", obstacle.terms.replace(": 2}", ": 9}"));
    page.awaitTold(inTime + "waits: " + obstacle.reason);
    assertNothingStarted();
    obstacle.remove(page);
    page.advance(obstacle.seconds + 1);
    assertStarted("in-time");
  }

  @Test
  void whatOnlyLooksLikeAnObstacleHoldsNothingBack() {
    String modal = "<div role=dialog aria-modal=true style='%s'>Later</div>";
    for (String style :
        List.of(
            "display: none",
            "visibility: hidden",
            "opacity: 0",
            "position: fixed; left: -900px; width: 300px")) {
      page.run("add(`" + modal.formatted(style) + "`); 0");
    }
    page.run("add(`<div aria-hidden=true>" + modal.formatted("") + "</div>`); 0");
    page.run("add('<div role=dialog>We use cookies. <button>Fine</button></div>'); 0");
    page.run("add('<div aria-hidden=true>***</div>'); add('<dialog open>News</dialog>'); 0");
    page.run("add('<p class=driver-popover hidden>1</p>'); 0");
    page.run("add('<input id=shut readonly>').focus(); 0");
    page.run("add('<input>').dispatchEvent(new Event('input', { bubbles: true })); 0");
    trigger("now", "{\"show_on\": [\"/\"], \"element\": \"#a\"}");
    assertStarted("now");
  }

  @Test
  void termsThatNobodyUnderstandsStartNothingAndStopNothing() {
    page.run("history.replaceState({}, '', '/here/%E0%A4%A/there')");
    for (String terms :
        List.of(
            "{",
            "7",
            "null",
            "[]",
            "\"text\"",
            "{\"show_on\": \"/\"}",
            "{\"show_on\": [7]}",
            "{\"show_on\": []}",
            "{\"show_on\": [\"\", \"**/**/**/x\", \"/***\", \":\"]}",
            "{\"element\": \"###\"}",
            "{\"element\": 7}",
            "{\"invite\": \"no\"}",
            "{\"present\": 1}",
            "{\"expires_in\": \"soon\"}")) {
      trigger("unclear", terms);
    }
    trigger("clear", "{\"show_on\": [\"/here/*/:what\"], \"more\": [1]}");
    assertStarted("clear");
    page.run("tour.completed()");
    page.advance(31);
    assertStarted("clear");
    assertThat(page.run("problems.length")).as("all but two, which fit nowhere").isEqualTo(12);
  }
}
