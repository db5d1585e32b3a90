package dev.tourmaline.adapter.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tourmaline.adapter.browser.npm.NpmPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** As much of PostHog's server as its SDK needs for product tours, on the site of the page. */
final class FakePostHog {

  private static final String JSON = "application/json";
  private static final String ARRAY = "dist/array.js";
  private static final String TOURS = "dist/product-tours.js";

  private static final String STEPS =
      """
      {"id":"s1","type":"element","selector":"%s","useManualSelector":true,
       "progressionTrigger":"button","contentHtml":"<p>1</p>"},
      {"id":"s2","type":"element","selector":"#b","useManualSelector":true,
       "progressionTrigger":"button","contentHtml":"<p>2</p>"},
      {"id":"s3","type":"modal","progressionTrigger":"button","contentHtml":"<p>3</p>"}
      """;

  private static final String BANNER =
      """
      {"id":"b1","type":"banner","bannerConfig":{"behavior":"custom","selector":"#nowhere"},
       "progressionTrigger":"button","contentHtml":"<p>1</p>"}
      """;

  /** Whether the project has tours switched on. */
  volatile boolean hasTours = true;

  /** Whether one of its tours starts by itself. */
  volatile boolean launches;

  FakePostHog(TourSite site) {
    site.file("/static/array.js", NpmPackage.POSTHOG.file(ARRAY));
    site.file("/static/1.449.2/product-tours.js", NpmPackage.POSTHOG.file(TOURS));
    HttpServer server = site.server();
    server.createContext("/array/phc_test/config.js", this::config);
    server.createContext(
        "/api/product_tours/", e -> answer(e, JSON, "{\"product_tours\":[" + tours() + "]}"));
    server.createContext(
        "/flags/",
        e -> answer(e, JSON, "{\"flags\":{},\"featureFlags\":{},\"featureFlagPayloads\":{}}"));
    server.createContext("/i/v0/e/", e -> answer(e, JSON, "{\"status\":1}"));
  }

  /**
   * {@return what a page loads: what the snippet leaves, and the script that takes its place}
   *
   * @param more options of {@code init}
   */
  String head(String more) {
    return """
    <script>
      const config = {
        api_host: location.origin, autocapture: false, capture_pageview: false,
        disable_session_recording: true, opt_out_useragent_filter: true, %s
      };
      window.posthog = Object.assign([], { __SV: 1, people: [], _i: [['phc_test', config, 'posthog']] });
      posthog.on = (...call) => void posthog.push(['on', ...call]);
      addEventListener('load', () =>
        document.head.append(Object.assign(document.createElement('script'), { src: '/static/array.js' })));
    </script>
    """
        .formatted(more);
  }

  private void config(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        "text/javascript",
        """
        window._POSTHOG_REMOTE_CONFIG = { phc_test: { siteApps: [], config: {
          token: 'phc_test', hasFeatureFlags: true, supportedCompression: [], siteApps: [],
          sessionRecording: false, surveys: false, productTours: %s,
        } } };
        """
            .formatted(hasTours));
  }

  private String tours() {
    return String.join(
        ",",
        tour("tour-1", false, STEPS.formatted("#a")),
        tour("tour-nowhere", false, STEPS.formatted("#nowhere")),
        tour("tour-banner", false, BANNER),
        tour("tour-auto", launches, STEPS.formatted("#a")));
  }

  private static String tour(String id, boolean launches, String steps) {
    return """
    {"id":"%s","name":"%s","tour_type":"tour","auto_launch":%s,"start_date":null,"end_date":null,
     "conditions":{},"appearance":{},"display_frequency":"until_interacted","steps":[%s]}
    """
        .formatted(id, id, launches, steps);
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    TourSite.answer(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
  }
}
