package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import dev.tourmaline.adapter.http.BrowserSink;
import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.adapter.http.TourServer;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page as the client's page in the documentation shows it, in a real browser. */
class NativeEventSourceTest {

  private static final Path DOCUMENTED = Path.of("..", "..", "adapters", "browser", "README.md");
  private static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");
  private static final Duration VALID = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static ChromiumBrowser chromium;

  private final FakeTime time = new FakeTime();
  private final BrowserSink sink = BrowserSink.builder().clock(time).build();
  private final SessionTokens tokens =
      SessionTokens.builder().secret("0123456789abcdef0123456789abcdef").clock(time).build();
  private final AtomicInteger renewals = new AtomicInteger();
  private TourEngine engine;
  private TourServer server;
  private BrowserContext context;

  @BeforeAll
  static void startBrowser() {
    chromium = ChromiumBrowser.startOrSkip();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void start() {
    engine = TourEngine.builder(RuleSet.empty()).sink(sink).lanes(1).build();
    server =
        TourServer.builder(engine, sink, tokens)
            .port(0)
            .clock(time)
            .handler(new PageOwner())
            .build()
            .start();
    context = chromium.browser().newContext();
  }

  @AfterEach
  void stop() {
    context.close();
    server.close();
    engine.close();
  }

  @Test
  void itGoesOnAfterItsTokensEndOnceThePageHasRenewedTheCookie() {
    Page page = open(tokens.issueForSession(SESSION, VALID));
    awaitStreams(1);

    time.advance(VALID);
    awaitStreams(0);
    awaitStreams(1);

    assertThat(renewals).hasValue(1);
    assertShows(page, "t1");
  }

  @Test
  void aPageWhoseCookieIsRefusedRenewsItAndMakesANewOne() {
    Page page = open("x");

    awaitStreams(1);

    assertThat(renewals).hasValue(1);
    assertShows(page, "t1");
  }

  private Page open(String cookie) {
    Page page = context.newPage();
    page.navigate("http://127.0.0.1:%d/page?cookie=%s".formatted(server.port(), cookie));
    return page;
  }

  private void awaitStreams(int count) {
    await().atMost(PATIENCE).until(() -> sink.openStreams() == count);
  }

  private void assertShows(Page page, String id) {
    Offer offer = Offer.withoutRule(id, SESSION, "", "tour_plans", "asked for", time.instant());
    sink.deliver(
        TourTrigger.ofRule(offer, time.instant()),
        () -> CompletableFuture.completedStage(Optional.empty()));

    page.waitForCondition(
        () -> page.title().equals("tour_plans " + id),
        new Page.WaitForConditionOptions().setTimeout(PATIENCE.toMillis()));
  }

  /**
   * Sets the cookie that a query asks for with the page, and a good one when it is to be renewed.
   */
  private final class PageOwner extends Handler.Abstract {

    private static final Pattern SNIPPET =
        Pattern.compile("(?s)## A native EventSource.*?```html\n(.*?)```");

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      String body = "";
      if (request.getHttpURI().getPath().equals("/page")) {
        setCookie(response, Request.extractQueryParameters(request).getValue("cookie"));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
        body =
            "<script>startTour = (flow, id) => (document.title = `${flow} ${id}`)</script>"
                + snippet();
      } else if (request.getHttpURI().getPath().equals("/tour-cookie")) {
        renewals.incrementAndGet();
        setCookie(response, tokens.issueForSession(SESSION, VALID));
      } else {
        return false;
      }
      response.setStatus(200);
      response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }

    private void setCookie(Response response, String token) {
      response
          .getHeaders()
          .put(
              HttpHeader.SET_COOKIE,
              "tourmaline_token=" + token + "; Path=/; HttpOnly; SameSite=Strict");
    }

    private String snippet() throws IOException {
      Matcher snippet = SNIPPET.matcher(Files.readString(DOCUMENTED));
      assertThat(snippet.find()).isTrue();
      return snippet.group(1);
    }
  }
}
