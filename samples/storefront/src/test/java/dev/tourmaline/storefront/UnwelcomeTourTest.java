package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.tourmaline.adapter.browser.BrowserClient;
import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import dev.tourmaline.adapter.http.BrowserSink;
import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.adapter.http.TourServer;
import dev.tourmaline.engine.TourEngine;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Decision;
import dev.tourmaline.engine.trigger.ManualTrigger;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
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

/**
 * Tours that must not start, from the visitor's action to his browser. What a page did not start is
 * known once it has started what came after it.
 */
class UnwelcomeTourTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String RULES =
      """
      rule "Billing" @flow("billing")
      when $a : Action( pageview, path == "/billing" ) then tours.offer($a, "billing"); end

      rule "Export" @flow("export")
      when $a : Action( pageview, path == "/export" ) then tours.offer($a, "export"); end
      """;

  private static ChromiumBrowser chromium;

  private final FakeTime time = new FakeTime();
  private final BrowserSink sink = BrowserSink.builder().clock(time).build();
  private final SessionTokens tokens =
      SessionTokens.builder().secret("0123456789abcdef0123456789abcdef").clock(time).build();
  private final List<String> decisions = new CopyOnWriteArrayList<>();
  private final List<String> reports = new CopyOnWriteArrayList<>();
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
    EngineListener listener =
        new EngineListener() {
          @Override
          public void decided(Decision decision) {
            decisions.add(
                decision instanceof Decision.Suppressed held
                    ? held.reason().name().toLowerCase(Locale.ROOT)
                    : decision.word());
          }

          @Override
          public void feedback(TourFeedback feedback) {
            reports.add(
                feedback.outcome().name().toLowerCase(Locale.ROOT)
                    + (feedback.confirmed() ? "" : " unconfirmed"));
          }
        };
    engine =
        TourEngine.builder(RuleSet.of("rules.drl", RULES))
            .sink(sink)
            .listener(listener)
            .clock(time)
            .lanes(1)
            .build();
    server =
        TourServer.builder(engine, sink, tokens)
            .port(0)
            .clock(time)
            .handler(new Site())
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

  private Page open(String session, String path) {
    return open(context, session, path);
  }

  private Page open(BrowserContext browser, String session, String path) {
    int before = sink.openStreams();
    Page page = browser.newPage();
    page.navigate(
        "http://127.0.0.1:%d%s%ssession=%s"
            .formatted(server.port(), path, path.contains("?") ? "&" : "?", session));
    await().atMost(PATIENCE).until(() -> sink.openStreams() == before + 1);
    return page;
  }

  /** The user {@code ann} views a page in one of her sessions. */
  private void view(String session, String path, Duration late) {
    time.advance(Duration.ofSeconds(1));
    UiAction view =
        UiAction.builder("pageview")
            .url("http://127.0.0.1" + path)
            .start(time.instant().minus(late))
            .build();
    engine
        .accept(
            ActionsEvent.builder("prod")
                .sessionId(session)
                .userId("ann")
                .forwardedAt(time.instant())
                .action(view)
                .build())
        .toCompletableFuture()
        .join();
  }

  /** Starts a tour that passes over the gates, and so comes after all that was sent before. */
  private void assertStartsOnly(Page page, String session, String... flows) {
    SessionKey key = new SessionKey("prod", session);
    engine.trigger(new ManualTrigger(key, "", "marker", "", true)).toCompletableFuture().join();
    awaitStarted(page, "marker");
    assertThat(started(page)).containsExactly(flows);
  }

  private static void awaitStarted(Page page, String flow) {
    page.waitForCondition(
        () -> started(page).contains(flow),
        new Page.WaitForConditionOptions().setTimeout(PATIENCE.toMillis()));
  }

  @SuppressWarnings("unchecked")
  private static List<String> started(Page page) {
    return (List<String>) page.evaluate("() => window.started");
  }

  @Test
  void aWelcomeTourStarts() {
    Page page = open("s1", "/billing");
    view("s1", "/billing", Duration.ZERO);
    awaitStarted(page, "billing");
    assertThat(decisions).containsExactly("admitted");
  }

  @Test
  void aTourOfAMomentThatCameLateDoesNotStart() {
    Page page = open("s1", "/billing");
    view("s1", "/billing", Duration.ofMinutes(20));
    assertThat(decisions).containsExactly("stale");
    assertStartsOnly(page, "s1", "marker");
  }

  @Test
  void aTourThatWaitedTooLongForItsPageDoesNotStart() {
    view("s1", "/billing", Duration.ofSeconds(50));
    assertThat(decisions).containsExactly("admitted");
    time.advance(Duration.ofSeconds(11));
    Page page = open("s1", "/billing");
    assertStartsOnly(page, "s1", "marker");
  }

  @Test
  void noTourStartsAtSomebodyWhoHasObjected() {
    Page page = open("s1", "/billing");
    engine.object("prod", "ann", true).toCompletableFuture().join();
    view("s1", "/billing", Duration.ZERO);
    assertThat(decisions).isEmpty();
    assertStartsOnly(page, "s1", "marker");
  }

  @Test
  void afterOptingOutOnOnePageNoneStartsInAnotherSessionOfTheUser() {
    Page page = open("s1", "/home");
    view("s1", "/home", Duration.ZERO);
    assertThat(page.evaluate("() => client.optOut()")).isEqualTo(true);
    BrowserContext otherBrowser = chromium.browser().newContext();
    Page other = open(otherBrowser, "s2", "/billing");
    Page somebodyElse = open(otherBrowser, "s3", "/home");
    view("s2", "/billing", Duration.ZERO);
    assertThat(decisions).containsExactly("opted_out");
    assertStartsOnly(somebodyElse, "s3", "marker");
    assertThat(started(other)).isEmpty();
    otherBrowser.close();
  }

  @Test
  void aCapHoldsOverTwoSessionsAndTwoTabs() {
    Page tab = open("s1", "/billing");
    Page otherTab = open("s1", "/billing");
    Page phone = open("s2", "/export");
    view("s1", "/billing", Duration.ZERO);
    await().atMost(PATIENCE).until(() -> started(tab).size() + started(otherTab).size() == 1);
    time.advance(Duration.ofMinutes(31));
    view("s2", "/export", Duration.ZERO);
    assertThat(decisions).containsExactly("admitted", "daily_cap");
    assertStartsOnly(phone, "s2", "marker");
    assertThat(started(tab).size() + started(otherTab).size()).isEqualTo(1);
  }

  @Test
  void aTourOfWhichTheProviderTellsNothingCountsAsOneThatWasSeen() {
    Page page = open("s1", "/billing?silent=yes");
    view("s1", "/billing", Duration.ZERO);
    awaitStarted(page, "billing");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(reports).contains("shown unconfirmed"));
    page.close();
    await().atMost(PATIENCE).until(() -> sink.openStreams() == 0);

    view("s2", "/export", Duration.ZERO);
    time.advance(Duration.ofDays(2));
    view("s3", "/billing", Duration.ZERO);

    assertThat(decisions).containsExactly("admitted", "between_tours", "once");
    assertStartsOnly(open("s3", "/billing"), "s3", "marker");
  }

  /** Pages that connect with the session of their query, and note what they start. */
  private final class Site extends Handler.Abstract {

    private static final String PAGE =
        """
        <!doctype html><title>A page</title><script type="module">
        import { connect } from '/tourmaline.js';
        window.started = [];
        const query = new URLSearchParams(location.search);
        const session = query.get('session');
        const silent = location.search.includes('silent');
        window.client = connect({
          product: 'prod', session, url: '',
          getToken: async () => (await fetch(`/token?session=${session}`)).text(),
          start: (flow) => { started.push(flow); return silent ? undefined : true; },
        });
        </script>
        """;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = request.getHttpURI().getPath();
      if (path.startsWith("/tours/")) {
        return false;
      }
      String session = Request.extractQueryParameters(request).getValue("session");
      byte[] body =
          path.equals("/tourmaline.js")
              ? BrowserClient.module()
              : path.equals("/token")
                  ? utf8(
                      tokens.issueForSession(
                          new SessionKey("prod", session), Duration.ofMinutes(15)))
                  : utf8(PAGE);
      response
          .getHeaders()
          .put(
              HttpHeader.CONTENT_TYPE,
              path.endsWith(".js") ? "text/javascript" : "text/html;charset=utf-8");
      response.setStatus(200);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }

    private byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
