package dev.tourmaline.storefront;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A person with a browser of their own, whose every received byte is kept. */
final class Visitor implements AutoCloseable {

  private final String id;
  private final RecordingProxy proxy;
  private final BrowserContext context;
  private final List<String> errors = new ArrayList<>();

  Visitor(Browser browser, URI storefront, String id) throws IOException {
    this.id = id;
    proxy = new RecordingProxy(storefront);
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setBaseURL(proxy.url().toString()));
    context.setDefaultTimeout(15_000);
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    context.onWebError(error -> errors.add(error.error()));
  }

  /** Opens a page in a tab of its own; returns once its trigger stream is open. */
  Page open(String path) {
    Page page = context.newPage();
    untilStreamIsOpen(page, () -> page.navigate(path + "?visitor=" + id));
    return page;
  }

  Page openOnTelephone(String path) {
    Page page = context.newPage();
    page.setViewportSize(390, 844);
    untilStreamIsOpen(page, () -> page.navigate(path + "?visitor=" + id));
    return page;
  }

  void startOver(Page page) {
    untilStreamIsOpen(page, () -> page.locator("#visit-again").click());
  }

  /** Follows a link of the side bar, as a person would. */
  void follow(Page page, String path) {
    Locator link = page.locator(".sidebar li a[href='%s']".formatted(path));
    untilStreamIsOpen(page, link::click);
  }

  private static void untilStreamIsOpen(Page page, Runnable navigation) {
    page.waitForResponse(response -> response.url().contains("/tours/stream"), navigation);
  }

  static Locator popover(Page page) {
    return page.locator("#driver-popover-item");
  }

  Persona persona() {
    return Persona.of(id);
  }

  String sessionId(Page page) {
    return page.locator("#visitor-session").textContent();
  }

  /** The token that the page's own server gives to this page. */
  String token(Page page) {
    return (String)
        page.evaluate(
            "id => fetch('/api/token?visitor=' + id).then(r => r.json()).then(t => t.token)", id);
  }

  String received() {
    return proxy.received();
  }

  List<String> errors() {
    return errors;
  }

  @Override
  public void close() throws IOException {
    context.close();
    proxy.close();
  }
}
