package dev.tourmaline.storefront;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A visitor hesitates, the tour starts: through every real part, in a real browser. */
class StorefrontBrowserTest {

  private static final Path SHOTS = Path.of("target", "browser");
  private static final Path PICTURE = Path.of("src", "docs", "demo.svg");
  private static final Path PICTURE_SCRIPT = Path.of("src", "test", "resources", "picture.js");

  private static ChromiumBrowser chromium;
  private static Storefront storefront;
  private static int tests;

  private Visitor ada;
  private Visitor ben;

  @BeforeAll
  static void start() {
    chromium = ChromiumBrowser.startOrSkip();
    storefront = Storefront.start(0, Duration.ofMillis(100));
  }

  @AfterAll
  static void stop() {
    if (storefront != null) {
      storefront.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** The policy remembers people, so every test has two of its own. */
  @BeforeEach
  void twoPeopleCome() throws IOException {
    tests++;
    ada = new Visitor(chromium.browser(), storefront.url(), "ada-" + tests);
    ben = new Visitor(chromium.browser(), storefront.url(), "ben-" + tests);
  }

  @AfterEach
  void bothGo() throws IOException {
    ada.close();
    ben.close();
  }

  @Test
  void theThirdVisitToBillingStartsTheTourForThatVisitorOnly() throws Exception {
    Page bens = ben.open("/dashboard");
    bens.locator("#export").click();
    try (StreamReader bensStream =
        new StreamReader(tourStream(ben.sessionId(bens)), ben.token(bens))) {
      assertThat(bensStream.status()).isEqualTo(200);

      Page adas = ada.open("/projects/3");
      visitBillingThreeTimes(ada, adas);

      assertThat(Visitor.popover(adas)).containsText("Looking for something about your plan?");
      assertThat(bensStream.text()).doesNotContain("data:");
      adas.locator("#driver-popover-item .driver-next-btn").click();
      assertThat(Visitor.popover(adas)).containsText("How it is paid");

      // What is asked for now comes after whatever could have come by then.
      storefront.connector().trigger(ben.sessionId(bens), "tour_plans");
      assertThat(Visitor.popover(bens)).containsText("Comparing plans?");
      assertThat(bensStream.text())
          .containsOnlyOnce("usertour_trigger")
          .contains("\"flow_id\":\"tour_plans\"", ben.sessionId(bens))
          .doesNotContain("tour_billing_help", ada.sessionId(adas));

      assertThat(adas.locator("#why-log .admitted")).containsText("Billing revisited");
      assertThat(adas.locator("#why-log .feedback").first()).containsText("tour step 2");
      assertThat(occurrences(ben.received(), "\"type\":\"usertour_trigger\""))
          .as("triggers on the page's own stream")
          .isEqualTo(1);
      assertSeesNothingOf(ben, ada, ada.sessionId(adas), "Page Load: Mill conversion");
      assertSeesNothingOf(ada, ben, ben.sessionId(bens), "Click Export button");
      assertThat(ada.received().contains(ada.persona().email())).as("own e-mail").isTrue();
    }
    assertThat(ada.errors()).isEmpty();
    assertThat(ben.errors()).isEmpty();
  }

  @Test
  void thePanelCountsVisitsToBillingAndSaysThatAReloadIsNone() {
    Page page = ada.open("/settings/billing");
    assertThat(page.locator("#billing-visits")).hasText("visit 1 of 3");
    page.reload();
    assertThat(page.locator("#why-log")).containsText("a reload is no visit");
    assertThat(page.locator("#billing-visits")).hasText("visit 1 of 3");
    ada.follow(page, "/projects");
    ada.follow(page, "/settings/billing");
    assertThat(page.locator("#billing-visits")).hasText("visit 2 of 3");
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void whoStartsOverGetsTheSameTourOnceMore() {
    Page page = ada.open("/dashboard");
    clickOnAndOn(page);
    assertThat(Visitor.popover(page)).containsText("The export is on its way");
    page.locator("#driver-popover-item .driver-close-btn").click();
    assertThat(page.locator("#why-log .feedback").first()).containsText("tour dismissed");
    String before = ada.sessionId(page);
    ada.startOver(page);
    assertThat(page.locator("#visitor-session")).not().hasText(before);
    clickOnAndOn(page);
    assertThat(Visitor.popover(page)).containsText("The export is on its way");
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void onATelephoneThePanelSaysWhyWhileTheTourIsOn() {
    Page page = ada.openOnTelephone("/projects");
    visitBillingThreeTimes(ada, page);
    assertThat(Visitor.popover(page)).containsText("Looking for something about your plan?");
    Locator why = page.locator("#why-log .admitted");
    assertThat(why).containsText("third visit to billing");
    assertThat(why).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    page.waitForCondition(() -> bottom(Visitor.popover(page)) <= top(page.locator("#why")));
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("telephone.png")));
    assertThat(page.locator("#visitor-others")).not().isVisible();
    page.locator("#why-toggle").click();
    assertThat(page.locator("#visitor-others")).isVisible();
    assertThat(ada.errors()).isEmpty();
  }

  private static double top(Locator element) {
    return element.boundingBox().y;
  }

  private static double bottom(Locator element) {
    return element.boundingBox().y + element.boundingBox().height;
  }

  @Test
  void twoTabsOfOneVisitorStartOneTour() {
    Page first = ada.open("/dashboard");
    Page second = ada.open("/dashboard");
    assertThat(ada.sessionId(second)).isEqualTo(ada.sessionId(first));

    clickOnAndOn(first);

    first.waitForCondition(
        () -> Visitor.popover(first).count() + Visitor.popover(second).count() > 0);
    first.waitForCondition(() -> occurrences(ada.received(), "\"type\":\"usertour_trigger\"") == 2);
    Page touring = Visitor.popover(first).count() > 0 ? first : second;
    Page other = touring == first ? second : first;
    touring.locator("#driver-popover-item .driver-close-btn").click();
    assertThat(other.locator("#why-log .feedback").first()).containsText("tour dismissed");
    assertThat(other.locator("#why-log .feedback").getByText("tour shown")).hasCount(1);
    assertThat(other.locator("#why-log .feedback").getByText("times")).hasCount(0);
    assertThat(Visitor.popover(other)).hasCount(0);
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void aTokenForAnotherVisitorsSessionGetsNothing() throws Exception {
    Page adas = ada.open("/dashboard");
    Page bens = ben.open("/dashboard");

    try (StreamReader stream = new StreamReader(tourStream(ben.sessionId(bens)), ada.token(adas))) {
      assertThat(stream.status()).isEqualTo(403);
    }
    String feedback =
        "{\"id\":\"x\",\"session_id\":\"%s\",\"outcome\":\"shown\"}".formatted(ben.sessionId(bens));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(storefront.url().resolve("/tours/feedback"))
                    .header("Authorization", "Bearer " + ada.token(adas))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(feedback))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void clickingOnAndOnStartsATourToo() {
    Page page = ada.open("/dashboard");
    clickOnAndOn(page);
    assertThat(Visitor.popover(page)).containsText("The export is on its way");
    page.locator("#driver-popover-item .driver-close-btn").click();
    assertThat(page.locator("#why-log .feedback").first()).containsText("tour dismissed");
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void submittingInVainTwiceStartsATourToo() {
    Page page = ada.open("/settings/billing");
    page.locator("#save-address").click();
    page.locator("#save-address").click();
    assertThat(Visitor.popover(page)).containsText("It is the VAT number");
    page.locator("#driver-popover-item .driver-close-btn").click();
    assertThat(page.locator("#why-log .feedback").first()).containsText("tour dismissed");
    assertThat(page.locator("#why-log")).not().containsText("Click Got it");
    assertThat(ada.errors()).isEmpty();
  }

  @Test
  void everyPageIsFreeOfConsoleErrors() {
    for (String path :
        new String[] {"/dashboard", "/projects", "/projects/1", "/settings", "/pricing"}) {
      Page page = ada.open(path);
      assertThat(page.locator("#why-log .action").first()).containsText("Page Load");
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SHOTS.resolve(path.substring(1).replace('/', '-') + ".png")));
      page.close();
    }
    assertThat(ada.errors()).isEmpty();
  }

  /** Draws it anew, too: to bring the picture up to date, copy {@code target/browser/demo.svg}. */
  @Test
  void thePictureInTheReadmeShowsThisDemo() throws IOException {
    try (Visitor visitor = new Visitor(chromium.browser(), storefront.url(), "ada")) {
      Page page = visitor.open("/projects");
      visitBillingThreeTimes(visitor, page);
      assertThat(page.locator("#why-log")).containsText("tour shown");
      page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("demo.png")));
      String drawn = (String) page.evaluate(Files.readString(PICTURE_SCRIPT));
      Files.writeString(SHOTS.resolve("demo.svg"), drawn);

      String[] whatItShows = {
        ">Why this tour?<",
        ">Looking for something about<",
        ">tour_billing_help admitted<",
        ">visit 3 of 3<"
      };
      assertThat(drawn).contains(whatItShows);
      assertThat(Files.readString(PICTURE)).contains(whatItShows);
    }
  }

  private static void clickOnAndOn(Page page) {
    // Clicks of one millisecond are one click that came twice.
    page.locator("#export").click(new Locator.ClickOptions().setClickCount(3).setDelay(20));
  }

  private static void visitBillingThreeTimes(Visitor visitor, Page page) {
    visitor.follow(page, "/settings/billing");
    visitor.follow(page, "/projects");
    visitor.follow(page, "/settings/billing");
    visitor.follow(page, "/dashboard");
    visitor.follow(page, "/settings/billing");
  }

  private URI tourStream(String sessionId) {
    return storefront
        .url()
        .resolve("/tours/stream?product=%s&session=%s".formatted(Storefront.PRODUCT, sessionId));
  }

  private static void assertSeesNothingOf(
      Visitor visitor, Visitor other, String othersSession, String othersAction) {
    String bytes = visitor.received();
    Persona persona = other.persona();
    assertThat(bytes.contains(persona.email())).as("the other's e-mail").isFalse();
    assertThat(bytes.contains(persona.userId())).as("the other's user id").isFalse();
    assertThat(bytes.contains(othersSession)).as("the other's session").isFalse();
    assertThat(bytes.contains(othersAction)).as("the other's action").isFalse();
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
