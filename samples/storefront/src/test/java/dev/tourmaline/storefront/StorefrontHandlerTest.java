package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorefrontHandlerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#?]*)");

  private static final Pattern IMPORT = Pattern.compile("(?m)^import .* from '([^']*)'");

  private final List<CapturedAction> collected = new CopyOnWriteArrayList<>();
  private final SessionJournal journal = new SessionJournal(InstantSource.system());
  private final Server server = new Server();
  private URI url;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new StorefrontHandler(
            "prod_abc",
            new Pages(Map.of("policy", "Policy here: none.")),
            journal,
            collected::add,
            session -> "token of " + session));
    server.start();
    url = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void everyLinkOfEveryPageLeadsSomewhere() throws Exception {
    Client client = new Client();
    Set<String> seen = new TreeSet<>(Set.of("/dashboard"));
    Deque<String> waiting = new ArrayDeque<>(seen);
    while (!waiting.isEmpty()) {
      String path = waiting.pop();
      HttpResponse<String> answer = client.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
        assertThat(answer.body()).as(path).doesNotContain("{{");
        LINK.matcher(answer.body())
            .results()
            .map(link -> link.group(1))
            .filter(seen::add)
            .forEach(waiting::add);
      }
    }
    assertThat(seen)
        .contains("/projects", "/projects/3", "/settings", "/settings/billing", "/pricing");
  }

  @Test
  void theScriptsThatPagesImportAreThere() throws Exception {
    Client client = new Client();
    Deque<String> waiting = new ArrayDeque<>(Set.of("/assets/app.js"));
    while (!waiting.isEmpty()) {
      String path = waiting.pop();
      HttpResponse<String> answer = client.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      IMPORT
          .matcher(answer.body())
          .results()
          .map(name -> URI.create(path).resolve(name.group(1)).toString())
          .forEach(waiting::add);
    }
    assertThat(client.get("/vendor/tourmaline.js").body()).contains("export");
  }

  @Test
  void theRootLeadsToTheDashboardAndAnUnknownPageIsNotThere() throws Exception {
    Client client = new Client();
    assertThat(client.get("/").headers().firstValue("Location")).hasValue("/dashboard");
    assertThat(client.get("/projects/99").statusCode()).isEqualTo(404);
    assertThat(client.get("/assets/..%2flayout.html").statusCode()).isIn(400, 404);
  }

  @Test
  void aSessionContinuesUnderItsCookieUntilANewOneIsRequested() throws Exception {
    Client client = new Client();
    String first = client.visit("ada", false).path("session_id").asText();
    String again = client.visit("ada", false).path("session_id").asText();
    String fresh = client.visit("ada", true).path("session_id").asText();
    String other = client.visit("ben", false).path("session_id").asText();

    assertThat(again).isEqualTo(first);
    assertThat(Set.of(first, fresh, other)).hasSize(3);
    assertThat(new Client().visit("ada", false).path("session_id").asText()).isNotEqualTo(first);
  }

  @Test
  void whoStartsOverIsANewVisitorWhoLooksTheSame() throws Exception {
    Client client = new Client();
    JsonNode first = client.visit("ada", false);
    JsonNode anew = client.visit("ada", true);
    JsonNode after = client.visit("ada", false);

    assertThat(first.path("user_id").asText()).isEqualTo("user_ada");
    assertThat(anew.path("user_id").asText()).startsWith("user_ada-");
    assertThat(anew.path("name")).isEqualTo(first.path("name"));
    assertThat(after.path("user_id")).isEqualTo(anew.path("user_id"));
    client.post("/collect", "{\"visitor\":\"ada\",\"type\":\"click\",\"timestamp\":1772442000}");
    assertThat(collected)
        .singleElement()
        .extracting(CapturedAction::userId)
        .isEqualTo(anew.path("user_id").asText());
  }

  @Test
  void anActionBelongsToTheCookiesVisitWhateverThePageSays() throws Exception {
    Client client = new Client();
    String session = client.visit("ada", false).path("session_id").asText();

    int status =
        client
            .post(
                "/collect",
                """
                {"visitor":"ada","type":"click","title":"Click Save","description":"d",
                 "timestamp":1772442000.25,"raw_url":"http://x/projects/3",
                 "canonical_url":"http://x/projects/:id",
                 "session_id":"ps_other","user_id":"user_ben","email":"ben@x"}
                """)
            .statusCode();

    assertThat(status).isEqualTo(204);
    assertThat(collected)
        .containsExactly(
            new CapturedAction(
                session,
                "user_ada",
                "ada.moreno@larkspur.example",
                "click",
                "Click Save",
                "d",
                Instant.parse("2026-03-02T09:00:00.250Z"),
                "http://x/projects/3",
                "http://x/projects/:id"));
  }

  @Test
  void whatCannotBeAnActionIsRefused() throws Exception {
    Client client = new Client();
    client.visit("ada", false);
    String action = "{\"visitor\":\"ada\",\"type\":\"%s\",\"timestamp\":%s}";

    assertThat(client.post("/collect", action.formatted("scroll", "1772442000")).statusCode())
        .isEqualTo(400);
    assertThat(client.post("/collect", action.formatted("click", "\"now\"")).statusCode())
        .isEqualTo(400);
    assertThat(client.post("/collect", action.formatted("click", "1e300")).statusCode())
        .isEqualTo(400);
    assertThat(client.post("/collect", "not json").statusCode()).isEqualTo(400);
    assertThat(client.post("/collect", "\"" + "x".repeat(20_000) + "\"").statusCode())
        .isEqualTo(413);
    assertThat(client.post("/api/visit", "{\"visitor\":\"../ada\"}").statusCode()).isEqualTo(400);
    assertThat(collected).isEmpty();
  }

  @Test
  void withoutTheVisitsOwnCookieThereIsNeitherTokenNorPanel() throws Exception {
    Client ada = new Client();
    ada.visit("ada", false);
    Client ben = new Client();
    ben.visit("ben", false);

    assertThat(ada.get("/api/token?visitor=ada").body()).contains("token of ps_");
    for (String path : List.of("/api/token", "/api/panel")) {
      assertThat(ben.get(path + "?visitor=ada").statusCode()).as(path).isEqualTo(401);
      assertThat(ben.get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(ben.post("/collect", "{\"visitor\":\"ada\"}").statusCode()).isEqualTo(401);
  }

  @Test
  void thePanelShowsThisVisitAndSaysNothingTwice() throws Exception {
    Client ada = new Client();
    ada.visit("ada", false);
    Client ben = new Client();
    ben.visit("ben", false);
    ada.post(
        "/collect",
        """
        {"visitor":"ada","type":"pageview","title":"Page Load: Billing","timestamp":1772442000,
         "raw_url":"http://x/settings/billing"}
        """);

    JsonNode view = JSON.readTree(ada.get("/api/panel?visitor=ada").body());
    assertThat(view.path("entries")).hasSize(1);
    assertThat(view.path("entries").get(0).path("text").asText()).isEqualTo("Page Load: Billing");
    assertThat(view.path("entries").get(0).path("detail").asText()).isEqualTo("visit 1 of 3");
    assertThat(view.path("billing_visits").asText()).isEqualTo("visit 1 of 3");
    assertThat(ada.get("/api/panel?visitor=ada&version=1").body()).isEqualTo("{\"version\":1}");
    assertThat(ben.get("/api/panel?visitor=ben").body()).doesNotContain("Billing");
  }

  /** A browser's worth of cookies. */
  private final class Client {

    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private HttpResponse<String> get(String path) throws Exception {
      return send(HttpRequest.newBuilder(url.resolve(path)).build());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
      return send(
          HttpRequest.newBuilder(url.resolve(path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build());
    }

    private JsonNode visit(String visitor, boolean fresh) throws Exception {
      String body = "{\"visitor\":\"%s\",\"fresh\":%s}".formatted(visitor, fresh);
      return JSON.readTree(post("/api/visit", body).body());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
