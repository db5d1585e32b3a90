package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a visitor says about tours at all. */
class PreferencesTest extends ServerFixture {

  private static final String PATH = "/tours/preferences";
  private static final String NO_MORE = "{\"session_id\":\"ps_1\",\"tours\":false}";

  @Test
  void whatAVisitorWantsReachesTheEngine() {
    HttpResponse<String> answer = prefer(NO_MORE);
    prefer(NO_MORE.replace("false", "true"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(engine.wishes)
        .containsExactly(SESSION + " of  wants tours: false", SESSION + " of  wants tours: true");
  }

  @Test
  void aTokenOfAUserSpeaksForThatUser() {
    String ada = tokens.issueForUser("prod_abc", "ada", MINUTE);

    assertThat(post(PATH, ada, NO_MORE).statusCode()).isEqualTo(204);
    assertThat(engine.wishes).containsExactly(SESSION + " of ada wants tours: false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                         | the body must be one JSON object",
        "{}                                         | session_id is missing; tours is missing",
        "{\"session_id\":7,\"tours\":\"no\"}        | session_id must be text that is not blank; tours must be true or false",
        "{\"session_id\":\"ps_1\",\"tours\":null}   | tours must be true or false",
      })
  void everythingThatIsWrongWithAWishIsSaid(String body, String error) {
    HttpResponse<String> answer = prefer(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}\n");
    assertThat(engine.wishes).isEmpty();
  }

  @Test
  void aWishNeedsATokenOfItsSessionAndJson() {
    String other = tokens.issueForSession(new SessionKey("prod_abc", "ps_2"), MINUTE);
    HttpRequest asText =
        HttpRequest.newBuilder(uri(PATH))
            .header("Authorization", "Bearer " + tokens.issueForSession(SESSION, MINUTE))
            .POST(HttpRequest.BodyPublishers.ofString(NO_MORE))
            .build();

    assertThat(post(PATH, "x", NO_MORE).statusCode()).isEqualTo(401);
    assertThat(post(PATH, other, NO_MORE).statusCode()).isEqualTo(403);
    assertThat(send(asText).statusCode()).isEqualTo(415);
    assertThat(engine.wishes).isEmpty();
  }

  @Test
  void onlyPagesOfListedOriginsMaySendAWish() {
    serve(builder -> builder.corsOrigins(List.of("https://app.example.com")));

    assertThat(preflight("https://app.example.com").statusCode()).isEqualTo(204);
    assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> preflight(String origin) {
    return send(
        HttpRequest.newBuilder(uri(PATH))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .build());
  }

  private HttpResponse<String> prefer(String body) {
    return post(PATH, tokens.issueForSession(SESSION, MINUTE), body);
  }
}
