package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;

/**
 * A visitor on a page of a {@link TourSite} with tourmaline.js on it, in a real browser whose clock
 * the test advances.
 */
final class TourPage implements AutoCloseable {

  private final TourSite site = new TourSite();
  private final BrowserContext context;
  private final Page page;

  TourPage(Browser browser) {
    context = browser.newContext();
    context.setDefaultTimeout(60_000);
    page = context.newPage();
    page.clock().install();
  }

  TourSite site() {
    return site;
  }

  Page page() {
    return page;
  }

  /**
   * Opens a page and waits for its trigger stream.
   *
   * @param head what the page loads before tourmaline.js
   * @param options of {@code connect}, beside product, session and token
   */
  TourPage open(String head, String options) {
    openUnheard(head, options);
    page.waitForCondition(site::hasOpenStream);
    return this;
  }

  /** Opens a page that may not open a stream. */
  void openUnheard(String head, String options) {
    String html =
        """
        <!doctype html>
        <title>A page</title>
        <body>
        <p id="a">A</p><p id="b">B</p><p id="c">C</p>
        %s
        <script type="module">
          import { connect, tours } from '/tourmaline.js';
          window.problems = [];
          window.told = [];
          const onError = (error) => problems.push(error.message);
          const debug = (what) => told.push(what);
          window.client = connect({
            product: 'prod', session: 's1', getToken: () => 'token', onError, debug, %s
          });
        </script>
        """
            .formatted(head, options);
    site.file("/", html);
    page.navigate(site.url("/").toString());
  }

  /** Opens the same page in a tab more, at an address of its own. */
  Page openTab(String path) {
    Page tab = context.newPage();
    int before = site.requests();
    site.file(path, site.file("/"));
    tab.navigate(site.url(path).toString());
    page.waitForCondition(() -> site.requests() > before);
    return tab;
  }

  /** Stops the page's clock: from here on, only {@link #advance} moves it. */
  TourPage pause() {
    page.clock().pauseAt(((Number) run("Date.now()")).longValue() + 1_000);
    return this;
  }

  /** Opens a page of a provider whose stand-in has left only what its loader leaves. */
  TourPage openStandIn(String provider) {
    String scripts =
        "<script src=\"/standins/tool.js\"></script><script src=\"/standins/%s.js\"></script>";
    return open(scripts.formatted(provider), "provider: '" + provider + "'");
  }

  /** Waits until the client says that of its triggers, and only of its own accord. */
  void awaitTold(String what) {
    page.waitForFunction("what => told.includes(what)", what);
  }

  Object run(String script) {
    return page.evaluate(script);
  }

  void advance(int seconds) {
    page.clock().runFor(seconds * 1_000L);
  }

  /** Waits for the reports and that they are all: a report more would come before the last one. */
  void assertReported(String... expected) {
    page.waitForCondition(() -> reports().size() >= expected.length);
    assertThat(reports()).containsExactly(expected);
  }

  /**
   * {@return what was reported, but for that tours still run. A report is sent again where its
   * answer did not come in time, as when the clock is advanced, and the server notices}
   */
  List<String> reports() {
    Stream<String> all = site.reports().stream();
    return all.filter(report -> !report.endsWith(" running")).distinct().toList();
  }

  @Override
  public void close() {
    context.close();
    site.close();
  }
}
