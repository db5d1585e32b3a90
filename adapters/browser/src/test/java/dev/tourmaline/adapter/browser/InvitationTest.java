package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt that asks a visitor first, as visitors of all kinds meet it. */
@ExtendWith(PageOfItsOwn.class)
class InvitationTest {

  private static final String PROMPT = "tourmaline-invitation";
  private static final String HOST = "document.querySelector('tourmaline-invitation')";
  private static final String INVITE = "{\"invite\": true, \"show_on\": [\"/\"]}";

  private TourPage page;

  @BeforeEach
  void aPage(TourPage own) {
    page = own;
  }

  private void invite(String options) {
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START + options);
    page.site().trigger("t1", "7", INVITE);
    page.page().waitForSelector(PROMPT);
    page.assertReported("t1 invited");
  }

  private void answer(String button) {
    page.page().click(PROMPT + " button." + button);
  }

  private Object starts() {
    return page.run("starts.join()");
  }

  private void assertGone() {
    page.page().waitForCondition(() -> page.page().querySelector(PROMPT) == null);
  }

  @Test
  void whoWantsTheTourIsShownIt() {
    invite("");
    assertThat(starts()).isEqualTo("");
    answer("show");
    page.assertReported("t1 invited", "t1 accepted", "t1 shown");
    assertThat(starts()).isEqualTo("7");
    assertGone();
  }

  @ParameterizedTest
  @CsvSource({"later, snoozed", "close, declined", "never, opted_out"})
  void whoDoesNotWantItIsNotShownIt(String button, String outcome) {
    invite("");
    answer(button);
    assertGone();
    page.assertReported("t1 invited", "t1 " + outcome);
    page.site().trigger("t2", "8");
    if (outcome.equals("opted_out")) {
      page.awaitTold("trigger t2 withdrawn");
      page.page().waitForCondition(() -> page.site().preferences().size() == 1);
      assertThat(page.site().preferences().get(0))
          .hasToString("{\"session_id\":\"s1\",\"tours\":false}");
      assertThat(starts()).isEqualTo("");
    } else {
      page.page().waitForCondition(() -> starts().equals("8"));
    }
    assertThat(page.site().wholeReports()).noneMatch(report -> report.has("until"));
  }

  @Test
  void aSiteMaySayHowLongLaterIs() {
    page.open(
            UnwantedStartTest.HEAD,
            UnwantedStartTest.START + ", invitation: { snoozeFor: 3600000 }")
        .pause();
    page.site().trigger("t1", "7", INVITE);
    page.page().waitForSelector(PROMPT);
    long now = ((Number) page.run("Math.round(Date.now() / 1000)")).longValue();
    answer("later");
    page.assertReported("t1 invited", "t1 snoozed");
    assertThat(page.site().wholeReports().get(1).path("until").longValue())
        .isBetween(now + 3_599, now + 3_601);
  }

  @Test
  void itNeverTakesTheFocusAndTheKeyboardReachesAllOfIt() {
    invite(", invitation: { title: 'A tour?' }");
    assertThat(page.run("document.activeElement.localName")).isEqualTo("body");
    page.run("add('<button id=own>Own</button>').focus(); document.body.prepend(own); own.focus()");
    page.page().keyboard().press("Tab");
    String focus = "document.activeElement.shadowRoot?.activeElement?.className";
    for (String button : List.of("close", "show", "later", "never")) {
      assertThat(page.run(focus)).isEqualTo(button);
      assertThat(
              page.run(
                  "getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle"))
          .isEqualTo("solid");
      page.page().keyboard().press("Tab");
    }
    page.page().keyboard().press("Shift+Tab");
    assertThat(page.run(focus)).isEqualTo("never");
    page.page().keyboard().press("Escape");
    page.assertReported("t1 invited", "t1 declined");
    assertThat(page.run("document.activeElement.id"))
        .as("where the focus was before")
        .isEqualTo("own");
  }

  @Test
  void theKeyboardAcceptsItAndATourMayBegin() {
    invite("");
    page.run("add('<input id=before>').focus(); before.blur(); document.body.prepend(before)");
    page.run(
        "document.querySelector('tourmaline-invitation').shadowRoot.querySelector('.show').focus()");
    page.page().keyboard().press("Enter");
    page.assertReported("t1 invited", "t1 accepted", "t1 shown");
  }

  @Test
  void escapeThatIsThePagesOwnLeavesIt() {
    invite("");
    page.run("add('<input id=f>').focus()");
    page.page().keyboard().press("Escape");
    page.run("f.remove(); add('<dialog id=d>Sure?</dialog>').showModal()");
    page.page().keyboard().press("Escape");
    page.run(
        "d.remove(); addEventListener('keydown', (e) => e.preventDefault(), { once: true, capture: true })");
    page.page().keyboard().press("Escape");
    assertThat(page.reports()).containsExactly("t1 invited");
    page.page().keyboard().press("Escape");
    page.assertReported("t1 invited", "t1 declined");
  }

  @Test
  void whoAcceptsInAnUnwelcomeMomentIsShownItWhenThatIsOver() {
    invite("");
    page.run("add('<p id=f role=alertdialog style=\"position: fixed; top: 0\">Sure?</p>'); 0");
    answer("show");
    page.awaitTold("trigger t1 waits: a dialog is open");
    assertThat(starts()).isEqualTo("");
    page.run("f.remove()");
    page.assertReported("t1 invited", "t1 accepted", "t1 shown");
  }

  @Test
  void whoAcceptsAndIsNotShownItInTimeIsReportedAsFailed() {
    invite("");
    page.run("add('<p id=f role=alertdialog style=\"position: fixed; top: 0\">Sure?</p>'); 0");
    answer("show");
    page.awaitTold("trigger t1 waits: a dialog is open");
    page.advance(31);
    page.assertReported(
        "t1 invited", "t1 accepted", "t1 failed: after the invitation: a dialog is open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document.querySelector('tourmaline-invitation').remove()",
        "history.pushState({}, '', '/elsewhere')",
        "client.close()",
        "client.optOut()"
      })
  void anInvitationThatLosesItsPlaceLeavesWithoutAnAnswer(String leave) {
    invite("");
    page.run("void " + leave);
    page.advance(1);
    assertGone();
    page.awaitTold("trigger t1 invitation: unanswered");
    page.page().keyboard().press("Escape");
    assertThat(page.reports()).containsExactly("t1 invited");
    assertThat(starts()).isEqualTo("");
  }

  @Test
  void leftAloneItLeavesAfterTwoMinutesAndNothingElseStartsMeanwhile() {
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START).pause();
    page.site().trigger("t1", "7", INVITE);
    page.page().waitForSelector(PROMPT);
    page.site().trigger("t2", "8", "{\"expires_in\": 600}");
    page.awaitTold("trigger t2 waits: another tour is open");
    page.advance(118);
    assertThat(page.page().querySelector(PROMPT)).isNotNull();
    assertThat(starts()).isEqualTo("");
    page.advance(4);
    assertGone();
    page.assertReported("t1 invited", "t2 shown");
  }

  @Test
  void whatTheSiteSaysIsTextInItsOwnLanguage() {
    invite(
        ", invitation: (trigger) => ({ title: '<img src=x onerror=\"window.bad = 1\">', text:"
            + " `Flow ${trigger.flow_id}`, show: 'أرني', lang: 'ar', dir: 'rtl' })");
    assertThat(page.page().textContent(PROMPT + " h2")).contains("<img src=x");
    assertThat(page.page().textContent(PROMPT + " p")).isEqualTo("Flow 7");
    assertThat(page.run("window.bad ?? 'good'")).isEqualTo("good");
    assertThat(page.page().getAttribute(PROMPT, "lang")).isEqualTo("ar");
    assertThat(
            page.run(
                "document.querySelector('tourmaline-invitation').getBoundingClientRect().left < 40"))
        .as("the corner where reading ends")
        .isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"() => { throw new Error('none') }", "() => null", "{ title: 7, dir: 8 }"})
  void withoutUsableTextsItSpeaksThePagesLanguage(String texts) {
    page.open(
        UnwantedStartTest.HEAD + "<script>document.documentElement.lang = 'de-AT'</script>",
        UnwantedStartTest.START + ", invitation: " + texts);
    page.site().trigger("t1", "7", INVITE);
    assertThat(page.page().textContent(PROMPT + " .later")).isEqualTo("Später");
    assertThat(page.page().getAttribute(PROMPT, "lang")).isEqualTo("de");
  }

  @Test
  void aStrictPolicyOfContentAndStylesOfThePageDoNotChangeIt() {
    page.page()
        .route(
            page.site().url("/").toString(),
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setResponse(route.fetch())
                        .setHeaders(
                            Map.of(
                                "Content-Type",
                                "text/html",
                                "Content-Security-Policy",
                                "style-src 'self'; script-src 'self' 'unsafe-inline'"))));
    page.site()
        .file(
            "/page.css",
            "body > * { display: none; width: 9px !important; opacity: 0 !important }");
    page.open(
        UnwantedStartTest.HEAD + "<link rel=stylesheet href=/page.css>", UnwantedStartTest.START);
    page.site().trigger("t1", "7", INVITE);
    page.page().waitForSelector(PROMPT);
    assertThat(page.run(HOST + ".offsetWidth")).isEqualTo(360);
    assertThat(page.run("getComputedStyle(" + HOST + ").opacity")).isEqualTo("1");
    assertThat(
            page.run("getComputedStyle(" + HOST + ".shadowRoot.querySelector('section')).padding"))
        .isEqualTo("16px");
  }

  enum Look {
    LIGHT(1280, 800, ""),
    DARK(1280, 800, ""),
    RTL(
        1280,
        800,
        "title: 'جولة قصيرة؟', text: 'يمكننا أن نريك هذه الصفحة. يستغرق ذلك دقيقة.', show: 'أرني',"
            + " later: 'لاحقًا', never: 'لا مزيد من الجولات', close: 'إغلاق', lang: 'ar', dir: 'rtl'"),
    PHONE(320, 640, ""),
    PHONE_DARK_GERMAN(320, 640, "lang: 'de'"),
    FORCED_COLORS(1280, 800, "");

    final int width;
    final int height;
    final String texts;

    Look(int width, int height, String texts) {
      this.width = width;
      this.height = height;
      this.texts = texts;
    }

    Page.EmulateMediaOptions media() {
      return new Page.EmulateMediaOptions()
          .setReducedMotion(this == LIGHT ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
          .setForcedColors(this == FORCED_COLORS ? ForcedColors.ACTIVE : ForcedColors.NONE)
          .setColorScheme(name().contains("DARK") ? ColorScheme.DARK : ColorScheme.LIGHT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCheckOfAccessibilityFindsAFault(Look look) {
    page.page().setViewportSize(look.width, look.height);
    page.page().emulateMedia(look.media());
    page.open(
        UnwantedStartTest.HEAD
            + "<script>document.documentElement.lang = 'en'</script><main><h1>Billing</h1></main>",
        UnwantedStartTest.START + ", invitation: { " + look.texts + " }");
    page.site().trigger("t1", "7", INVITE);
    page.page().waitForSelector(PROMPT);
    page.page()
        .waitForFunction(
            "() => document.querySelector('tourmaline-invitation').shadowRoot.querySelector('[role=status]').textContent");
    page.page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        "target", "invitation", look.name().toLowerCase(Locale.ROOT) + ".png")));
    assertThat(new AxeBuilder(page.page()).include(PROMPT).analyze().getViolations()).isEmpty();
    assertThat(page.run("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    assertThat(
            page.run(
                "document.querySelector('tourmaline-invitation').shadowRoot"
                    + ".querySelector('section').getAnimations().filter((one) => one.playState === \"running\").length === 0"))
        .as("without motion")
        .isEqualTo(true);
  }
}
