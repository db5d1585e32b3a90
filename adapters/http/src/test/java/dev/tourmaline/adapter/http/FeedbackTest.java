package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackTest extends ServerFixture {

  private static final String SHOWN =
      "{\"id\":\"t1\",\"session_id\":\"ps_1\",\"outcome\":\"shown\"}";

  @ParameterizedTest
  @EnumSource
  void everyOutcomeReachesTheEngine(TourFeedback.Outcome outcome) {
    HttpResponse<String> answer =
        feedback(
            "{\"id\":\"t1\",\"session_id\":\"ps_1\",\"outcome\":\"%s\",\"step\":3,\"later\":1}"
                .formatted(outcome.name().toLowerCase(Locale.ROOT)));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(engine.feedback).containsExactly(new TourFeedback("t1", SESSION, outcome, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                                            | the body must be one JSON object",
        "{                                           | the body must be one JSON object",
        "[]                                          | the body must be one JSON object",
        "{} {}                                       | the body must be one JSON object",
        "{\"id\":\"a\",\"id\":\"b\"}                 | the body must be one JSON object",
        "{}                                          | id is missing; session_id is missing; outcome is missing",
        "{\"id\":1,\"session_id\":\" \",\"outcome\":null} | id must be text that is not blank; session_id must be text that is not blank; outcome must be text that is not blank",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"shown\",\"step\":-1} | step must be a whole number from 0 on",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"shown\",\"step\":1e9} | step must be a whole number from 0 on",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"snoozed\",\"until\":\"noon\"} | until must be a time in seconds since the epoch, from 0 to 253402300799",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"snoozed\",\"until\":-1} | until must be a time in seconds since the epoch, from 0 to 253402300799",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"snoozed\",\"until\":1e300} | until must be a time in seconds since the epoch, from 0 to 253402300799",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"shown\",\"until\":1772442000} | until belongs to the outcome snoozed alone",
        "{\"id\":\"t\",\"session_id\":\"ps_1\",\"outcome\":\"SHOWN\"} | outcome is \\\"SHOWN\\\", it must be one of invited, accepted, snoozed, declined, opted_out, shown, running, step, completed, dismissed, failed",
      })
  void malformedFeedbackIsAnsweredWithEverythingThatIsWrong(String body, String error) {
    HttpResponse<String> answer = feedback(body == null ? "" : body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}\n");
    assertThat(engine.feedback).isEmpty();
  }

  @Test
  void feedbackOfAnOverlongSessionIsRefused() {
    HttpResponse<String> answer =
        feedback("{\"id\":\"t\",\"outcome\":\"shown\",\"session_id\":\"" + "s".repeat(513) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("session_id has 513 characters, it must have at most 512");
  }

  @Test
  void aDeeplyNestedBodyIsMalformedToo() {
    assertThat(feedback("{\"a\":" + "[".repeat(5_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyOverTheLimitIsRefusedWithOrWithoutItsLength() {
    String body = "{\"id\":\"" + "x".repeat(20_000) + "\"}";
    assertThat(feedback(body).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        send(
            authorized()
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString(body)))
                .build());

    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(chunked.body()).isEqualTo("{\"error\":\"the body may hold at most 16384 bytes\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/jsonp", "application/x-www-form-urlencoded"})
  void aBodyOfAnotherTypeIsAnsweredWithTheTypeThatIsRight(String type) {
    for (String path : List.of("/tours/feedback", "/tours/trigger")) {
      HttpResponse<String> answer = sendAs(Optional.of(type), path);
      assertThat(answer.statusCode()).as(path).isEqualTo(415);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"the Content-Type must be application/json\"}\n");
      assertThat(sendAs(Optional.empty(), path).statusCode()).as(path).isEqualTo(415);
    }
    assertThat(engine.feedback).isEmpty();
    assertThat(engine.requests).isEmpty();
  }

  @Test
  void theParametersOfTheContentTypeDoNotMatter() {
    Optional<String> type = Optional.of("Application/JSON ; charset=utf-8");

    assertThat(sendAs(type, "/tours/feedback").statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> sendAs(Optional<String> type, String path) {
    String token =
        path.endsWith("trigger") ? "publish-me" : tokens.issueForSession(SESSION, MINUTE);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(SHOWN));
    type.ifPresent(text -> request.header("Content-Type", text));
    return send(request.build());
  }

  @Test
  void feedbackNeedsATokenOfItsSession() {
    assertThat(post("/tours/feedback", "x", SHOWN).statusCode()).isEqualTo(401);
    String other = tokens.issueForSession(new SessionKey("prod_abc", "ps_2"), MINUTE);
    assertThat(post("/tours/feedback", other, SHOWN).statusCode()).isEqualTo(403);
    assertThat(engine.feedback).isEmpty();
  }

  @Test
  void aUsersTokenReportsOnTriggersOfThatUserOnly() {
    deliver(trigger("t1", SESSION, "ada"));

    String eve = tokens.issueForUser("prod_abc", "eve", MINUTE);
    assertThat(post("/tours/feedback", eve, SHOWN).statusCode()).isEqualTo(403);
    assertThat(engine.feedback).isEmpty();
    String ada = tokens.issueForUser("prod_abc", "ada", MINUTE);
    assertThat(post("/tours/feedback", ada, SHOWN).statusCode()).isEqualTo(204);
    assertThat(post("/tours/feedback", ada, SHOWN.replace("t1", "t2")).statusCode()).isEqualTo(403);
  }

  @Test
  void feedbackOnATriggerThatIsNotTheSessionsIsRefused() {
    engine.knowsTriggers = false;

    HttpResponse<String> answer = feedback(SHOWN);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("{\"error\":\"id names no trigger of this session\"}\n");
  }

  @Test
  void aTourThatNobodyHasSeenIsReportedUnconfirmed() {
    feedback(SHOWN.replace("}", ",\"confirmed\":false}"));

    assertThat(engine.feedback)
        .containsExactly(
            new TourFeedback("t1", SESSION, TourFeedback.Outcome.SHOWN, 0, false, "", ""));
  }

  @Test
  void aTourThatFailsSaysWhy() {
    String reason = "posthog was not ready within 30 s";
    feedback(SHOWN.replace("shown", "failed").replace("}", ",\"reason\":\"" + reason + "\"}"));

    assertThat(engine.feedback).extracting(TourFeedback::reason).containsExactly(reason);
  }

  @Test
  void aSnoozeSaysUntilWhenOrLeavesItToThePolicy() {
    feedback(SHOWN.replace("shown", "snoozed").replace("}", ",\"until\":1772442000.5}"));
    feedback(SHOWN.replace("shown", "snoozed"));

    assertThat(engine.feedback)
        .extracting(TourFeedback::until)
        .containsExactly(Instant.parse("2026-03-02T09:00:00.500Z"), Instant.EPOCH);
  }

  @Test
  void aForeignTourIsReportedWithItsFlow() {
    engine.knowsTriggers = false;

    HttpResponse<String> answer =
        feedback(SHOWN.replace("}", ",\"foreign\":true,\"flow_id\":\"f9\"}"));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(engine.feedback)
        .containsExactly(
            new TourFeedback("t1", SESSION, TourFeedback.Outcome.SHOWN, 0, true, "f9", ""));
    assertThat(feedback(SHOWN.replace("}", ",\"foreign\":true}")).body())
        .contains("flow_id is missing");
  }

  @Test
  void aForeignTourByAUsersTokenIsThatUsersAlone() {
    String eve = tokens.issueForUser("prod_abc", "eve", MINUTE);
    String foreign = SHOWN.replace("}", ",\"foreign\":true,\"flow_id\":\"f9\"}");

    assertThat(post("/tours/feedback", eve, foreign).statusCode()).isEqualTo(204);
    assertThat(engine.feedback).isEmpty();
    assertThat(engine.reports)
        .singleElement()
        .returns("eve", ProviderReport::userId)
        .returns("f9", ProviderReport::flowId)
        .returns(true, ProviderReport::vouched);
  }

  @Test
  void anotherMethodIsNotAllowed() {
    HttpResponse<String> answer = send(authorized().GET().build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  private HttpResponse<String> feedback(String body) {
    return post("/tours/feedback", tokens.issueForSession(SESSION, MINUTE), body);
  }

  private HttpRequest.Builder authorized() {
    return HttpRequest.newBuilder(uri("/tours/feedback"))
        .timeout(Duration.ofSeconds(5))
        .header("Authorization", "Bearer " + tokens.issueForSession(SESSION, MINUTE));
  }
}
