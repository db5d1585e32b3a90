package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A browser sends its cookie along with the requests of any page; which page asks must be right.
 */
class ForeignPageCannotUseTheCookieTest extends ServerFixture {

  private static final String APP = "https://app.example.com";
  private static final String OWN = "https://tours.example.com";
  private static final String SHOWN =
      "{\"id\":\"t1\",\"session_id\":\"ps_1\",\"outcome\":\"shown\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: cross-site|Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: same-origin|Sec-Fetch-Site: cross-site",
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost",
        "Origin: https://app.example.com.evil.example",
        "Origin: https://evil.example|Origin: https://app.example.com",
        "Sec-Fetch-Site: same-site|Origin: https://other.example.com",
      })
  void aCookieWithoutAKnownPageOpensNothingAndReportsNothing(String headers) {
    serve(builder -> builder.corsOrigins(List.of(APP)).publicOrigin(OWN));
    String[] foreign = withCookie(headers);

    RawClient stream = get(path(SESSION), foreign);
    assertThat(stream.head()).startsWith("HTTP/1.1 403");
    await().untilAsserted(() -> assertThat(stream.body()).contains("a token in a cookie"));
    assertThat(feedback(foreign).head()).startsWith("HTTP/1.1 403");
    assertThat(preferences(foreign).head()).startsWith("HTTP/1.1 403");
    assertThat(engine.wishes).isEmpty();
    assertThat(sink.openStreams()).isZero();
    assertThat(engine.feedback).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: same-origin|Origin: http://localhost",
        "Origin: https://app.example.com",
        "Sec-Fetch-Site: cross-site|Origin: https://app.example.com",
        "Origin: https://tours.example.com",
      })
  void aCookieFromAKnownPageOpensAndReports(String headers) {
    serve(builder -> builder.corsOrigins(List.of(APP)).publicOrigin(OWN));

    get(path(SESSION), withCookie(headers)).awaitOpen();

    assertThat(feedback(withCookie(headers)).head()).startsWith("HTTP/1.1 204");
    assertThat(preferences(withCookie(headers)).head()).startsWith("HTTP/1.1 204");
  }

  @Test
  void theServersOwnOriginIsNeverTakenFromTheRequest() {
    String[] headers = withCookie("Origin: http://localhost|X-Forwarded-Host: localhost");

    assertThat(get(path(SESSION), headers).head()).startsWith("HTTP/1.1 403");
  }

  @Test
  void aBearerTokenNeedsNoOriginAndPrevailsOverACookie() {
    get(path(SESSION), bearer(SESSION), "Cookie: tourmaline_token=x").awaitOpen();
  }

  @Test
  void theCookieThatOnlyTheHostCanSetPrevails() {
    String token = tokens.issueForSession(SESSION, MINUTE);
    String page = "Sec-Fetch-Site: same-origin";

    get(path(SESSION), page, "Cookie: tourmaline_token=x; __Host-tourmaline_token=" + token)
        .awaitOpen();
    String foisted = "Cookie: tourmaline_token=" + token + "; __Host-tourmaline_token=x";
    assertThat(get(path(SESSION), page, foisted).head()).startsWith("HTTP/1.1 401");
  }

  private String[] withCookie(String headers) {
    List<String> all = new ArrayList<>();
    if (!headers.isEmpty()) {
      all.addAll(List.of(headers.split("\\|")));
    }
    all.add("Cookie: tourmaline_token=" + tokens.issueForSession(SESSION, MINUTE));
    return all.toArray(String[]::new);
  }

  private RawClient feedback(String... headers) {
    return post("/tours/feedback", SHOWN, headers);
  }

  private RawClient preferences(String... headers) {
    return post("/tours/preferences", "{\"session_id\":\"ps_1\",\"tours\":false}", headers);
  }

  private RawClient post(String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    all.add("Content-Length: " + body.length());
    return drip(RawClient.head("POST " + path, all.toArray(String[]::new)) + body);
  }
}
