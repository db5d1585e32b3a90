package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor who says no, and a page that has not been allowed yet, may rely on. */
@ExtendWith(PageOfItsOwn.class)
class PrivacyTest {

  /** Sees every access to storage that names a key of the client, from before its script on. */
  private static final String WATCHED =
      """
      <script>
        window.touched = [];
        for (const name of ['getItem', 'setItem', 'removeItem', 'key']) {
          const own = Storage.prototype[name];
          Storage.prototype[name] = function (...args) {
            touched.push(`${name} ${args[0]}`);
            return own.apply(this, args);
          };
        }
        const listen = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (...args) {
          touched.push(`listens to ${args[0]}`);
          return listen.apply(this, args);
        };
      </script>
      """;

  private static final String KEYS =
      "[...Object.keys(sessionStorage), ...Object.keys(localStorage)]"
          + ".filter((key) => key.startsWith('tourmaline'))";

  private TourPage page;

  @BeforeEach
  void aPage(TourPage own) {
    page = own;
  }

  private void openUnallowed(String allowed) {
    page.site().expire();
    page.openUnheard(
        WATCHED
            + UnwantedStartTest.HEAD.replaceFirst("(?s)<script>\\s*tool.load\\(\\);", "<script>"),
        UnwantedStartTest.START + ", " + allowed);
  }

  private void assertNothingHappened() {
    page.advance(5);
    assertThat(page.run("touched")).isEqualTo(List.of());
    assertThat(page.site().requests()).isZero();
    assertThat(page.run(KEYS)).isEqualTo(List.of());
    assertThat(page.run("document.querySelectorAll('tourmaline-invitation').length")).isEqualTo(0);
  }

  private void assertStartsNow() {
    page.site().trigger("t1", "7");
    page.page().waitForCondition(() -> page.reports().contains("t1 shown"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowed: () => window.granted | window.granted === true",
        "allowed: () => window.granted",
        "allowed: async () => window.granted",
        "allowed: () => { if (!window.granted) throw new Error('no banner yet'); return true }",
        "allowed: new Promise((told) => (window.tell = () => told(true)))",
        "allowed: false",
        "allowed: Promise.reject(new Error('no banner'))",
      })
  void untilThePageAllowsItNothingHappens(String allowed) {
    openUnallowed(allowed);
    assertNothingHappened();
    page.run("window.granted = true; window.tell?.()");
    if (!allowed.contains("window")) {
      page.run("client.allow(true)");
    }
    if (allowed.contains("|")) {
      page.advance(2);
      assertThat(page.site().requests()).as("1 is no clear yes").isZero();
      return;
    }
    page.advance(2);
    assertStartsNow();
  }

  @Test
  void globalPrivacyControlIsANoWhereItIsRespected() {
    String control =
        "<script>Object.defineProperty(navigator, 'globalPrivacyControl',"
            + " { configurable: true, get: () => window.control ?? true })</script>";
    page.openUnheard(
        control + WATCHED + UnwantedStartTest.HEAD.replace("tool.load();", ""),
        UnwantedStartTest.START + ", respectGlobalPrivacyControl: true, allowed: () => true");
    assertNothingHappened();
    page.run("client.allow(true)");
    assertNothingHappened();
    page.run("window.control = false");
    page.advance(2);
    assertStartsNow();
    page.run("window.control = true");
    page.advance(2);
    assertThat(page.run(KEYS)).isEqualTo(List.of());
  }

  @Test
  void whereItIsNotRespectedGlobalPrivacyControlChangesNothing() {
    page.open(
        "<script>navigator.globalPrivacyControl = true</script>" + UnwantedStartTest.HEAD,
        UnwantedStartTest.START);
    assertStartsNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"window.granted = false", "client.allow(false)"})
  void anAllowanceThatIsTakenBackStopsEverythingAndForgets(String no) {
    page.open(
        UnwantedStartTest.HEAD + "<script>window.granted = true</script>",
        UnwantedStartTest.START + ", allowed: () => window.granted");
    assertStartsNow();
    Obstacle.A_FIELD.put(page);
    page.site().trigger("t2", "8");
    page.awaitTold("trigger t2 waits: a text field has the focus");
    assertThat((List<?>) page.run(KEYS)).isNotEmpty();
    page.site().takesFeedback = false;
    page.run("tour.step(2)");

    page.run(no);
    page.advance(2);
    page.awaitTold("trigger t2 withdrawn");
    assertThat(page.run(KEYS)).isEqualTo(List.of());
    int requests = page.site().requests();
    page.site().takesFeedback = true;
    Obstacle.A_FIELD.remove(page);
    page.run("tour.completed()");
    page.site().trigger("t3", "9");
    page.advance(60);
    assertThat(page.site().requests()).isEqualTo(requests);
    assertThat(page.run("starts.join()")).isEqualTo("7");
    assertThat(page.run(KEYS)).isEqualTo(List.of());

    page.site().expire();
    page.run("window.granted = true; client.allow(true)");
    page.site().trigger("t4", "10");
    page.advance(2);
    page.page().waitForCondition(() -> page.reports().contains("t4 shown"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"undefined", "null", "'yes'", "1", "{}"})
  void anAllowanceOfNoKnownKindIsAFaultAndConnectsNothing(String allowed) {
    openUnallowed("allowed: " + allowed);
    assertNothingHappened();
    assertThat((String) page.run("problems[0]"))
        .contains("not connected", "allowed is", "a boolean, a function, or a promise");
    assertThat(page.run("client.optOut()")).isEqualTo(false);
  }

  @Test
  void whoOptsOutSeesNoTourInAnyTabUntilHeOptsIn() {
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START);
    Page tab = page.openTab("/other");
    Obstacle.A_FIELD.put(page);
    page.site().trigger("t1", "7", "{\"show_on\": [\"/\"]}");
    page.awaitTold("trigger t1 waits: a text field has the focus");
    assertThat(tab.evaluate("client.optOut()")).as("the server has taken it").isEqualTo(true);
    Obstacle.A_FIELD.remove(page);
    page.advance(1);
    page.awaitTold("trigger t1 withdrawn");
    page.site().trigger("t2", "8");
    page.awaitTold("trigger t2 withdrawn");
    assertThat(page.site().preferences())
        .map(Object::toString)
        .containsExactly("{\"session_id\":\"s1\",\"tours\":false}");

    assertThat(page.run("client.optIn()")).isEqualTo(true);
    page.site().expire();
    page.site().trigger("t3", "9");
    page.page().waitForCondition(() -> page.reports().contains("t3 shown"));
    assertThat(page.site().preferences())
        .map(Object::toString)
        .last()
        .isEqualTo("{\"session_id\":\"s1\",\"tours\":true}");
    assertThat(page.reports()).containsOnly("t3 shown");
  }

  @Test
  void anOptOutHoldsBeforeTheServerKnowsAndIsToldAgain() {
    page.site().takesFeedback = false;
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START);
    page.run("void client.optOut()");
    page.site().trigger("t1", "7");
    page.awaitTold("trigger t1 withdrawn");
    page.run("sessionStorage.clear(); localStorage.removeItem('tourmaline:claims')");
    page.site().takesFeedback = true;
    page.page().reload();
    page.page().waitForCondition(() -> !page.site().preferences().isEmpty());
    page.awaitTold("trigger t1 withdrawn");
    assertThat(page.site().preferences().get(0).path("tours").booleanValue()).isFalse();
    assertThat(page.reports()).isEmpty();
  }

  @Test
  void aNoOutlivesAnAllowanceThatIsTakenBack() {
    page.open(UnwantedStartTest.HEAD, UnwantedStartTest.START);
    page.run("client.optOut()");
    page.run("client.allow(false)");
    assertThat(page.run(KEYS)).isEqualTo(List.of("tourmaline:opted-out:prod"));
  }

  @Test
  void theTableOfKeysNamesAllThatTheBrowserKeeps() throws IOException {
    TreeSet<String> kept = new TreeSet<>();
    page.page()
        .addInitScript(
            "window.written = []; const set = Storage.prototype.setItem;"
                + "Storage.prototype.setItem = function (key, value) {"
                + "  written.push(`${this === localStorage ? 'local' : 'session'}Storage ${key}`);"
                + "  set.call(this, key, value); }");
    String head =
        "<script src=\"/standins/tool.js\"></script><script src=\"/standins/appcues.js\"></script>";
    page.open(head + "<script>tool.load(); tool.flows.push('9')</script>", "provider: 'appcues'");
    page.site().trigger("t1", "7");
    page.page().waitForSelector("#tour-box");
    page.assertReported("t1 shown");
    page.run("tool.end('completed'); tool.show('9'); tool.end('dismissed')");
    page.site().trigger("t2", "9", "{\"invite\": true}");
    page.page().waitForSelector("tourmaline-invitation");
    page.run("client.optOut()");
    page.run("client.optIn()");
    kept.addAll(written());
    // Without Web Locks, tabs vote.
    page.page().addInitScript("Object.defineProperty(navigator, 'locks', { value: undefined })");
    page.site().expire();
    page.page().reload();
    page.run("tool.load?.()");
    page.site().trigger("t3", "7");
    page.page().waitForFunction("() => written.some((one) => one.includes(':claim:'))");
    kept.addAll(written());

    String readme = Files.readString(Path.of("README.md"));
    TreeSet<String> documented = new TreeSet<>();
    Pattern.compile("(?m)^\\| `(tourmaline:[^`]+)` \\| (local|session)Storage \\|")
        .matcher(readme)
        .results()
        .forEach(row -> documented.add(row.group(2) + "Storage " + row.group(1)));
    assertThat(kept).isEqualTo(documented);
    assertThat(page.page().context().cookies()).isEmpty();
    assertThat(page.run("indexedDB.databases().then((all) => all.length)")).isEqualTo(0);
    assertThat(page.run("caches.keys().then((all) => all.length)")).isEqualTo(0);
  }

  private List<String> written() {
    List<String> keys = new ArrayList<>();
    for (Object one : (List<?>) page.run("written")) {
      keys.add(
          ((String) one)
              .replaceAll(":claim:.*", ":claim:PRODUCT:ID")
              .replaceAll("(?<!claim):prod$", ":PRODUCT"));
    }
    return keys;
  }
}
