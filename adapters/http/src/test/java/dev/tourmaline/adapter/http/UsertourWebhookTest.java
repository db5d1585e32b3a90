package dev.tourmaline.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.http.ProviderWebhook.Result;
import dev.tourmaline.adapter.signature.TimestampedSignature;
import dev.tourmaline.engine.trigger.ProviderReport;
import dev.tourmaline.engine.trigger.TourFeedback.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Usertour's messages mean. */
class UsertourWebhookTest {

  private static final Instant NOW = Instant.parse("2026-11-22T00:10:30Z");
  private static final Instant AT = NOW.minusSeconds(30);
  private static final TimestampedSignature SIGNATURE =
      TimestampedSignature.of(UsertourMessages.SECRET);

  private final UsertourWebhook webhook = UsertourWebhook.of(UsertourMessages.SECRET);

  @Test
  void aReportNamesUserFlowRunAndTime() {
    assertThat(reports(UsertourMessages.stepSeen("whmsg_1", AT, 2, 66)))
        .containsExactly(
            new ProviderReport(
                "prod_abc",
                UsertourMessages.USER,
                UsertourMessages.FLOW,
                UsertourMessages.RUN,
                Outcome.STEP,
                3,
                true,
                AT,
                false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow_started |  |  |  | shown 0 unconfirmed",
        "flow_step_seen | 0 | 0 |  | shown 1 unconfirmed",
        "flow_step_seen |  |  |  | shown 0 unconfirmed",
        "flow_step_seen | 1 | 50 |  | step 2",
        "flow_completed | 2 | 100 |  | completed 3",
        "flow_completed | 0 | 100 |  | shown 1 unconfirmed",
        "flow_completed |  |  |  | shown 0 unconfirmed",
        "flow_ended | 0 | 33 | close_button_dismiss | dismissed 1",
        "flow_ended | 1 | 66 | backdrop_dismiss | dismissed 2",
        "flow_ended | 1 | 66 | user_closed | dismissed 2",
        "flow_ended | 1 | 66 | dismiss_button | dismissed 2",
        "flow_ended | 2 | 100 | action_dismiss | completed 3",
        "flow_ended | 0 | 100 | action_dismiss | completed 1",
        "flow_ended | 0 | 100 | tooltip_target_missing | failed 1 unconfirmed",
        "flow_ended | 2 | 100 | replaced | completed 3",
        "flow_ended | 0 | 33 | trigger_dismiss | dismissed 1 unconfirmed",
        "flow_ended | 1 | 66 | trigger_dismiss | dismissed 2",
        "flow_ended | 0 | 33 | tooltip_target_missing | failed 1 unconfirmed",
        "flow_ended |  |  | admin_ended | failed 0 unconfirmed",
        "flow_ended | 0 | 0 | end_from_program | failed 1 unconfirmed",
        "flow_ended | 0 | 0 | something_new | failed 1 unconfirmed",
        "flow_ended | 1 | 66 | unpublished_content | shown 2 + failed 2 unconfirmed",
        "flow_ended | 1 | 66 |  | shown 2 + failed 2 unconfirmed",
      })
  void eachEventMeansWhatItProves(
      String event,
      @Nullable Integer step,
      @Nullable Integer progress,
      @Nullable String reason,
      String meaning) {
    String more =
        (step == null ? "" : ",\"flow_step_number\":" + step)
            + (progress == null ? "" : ",\"flow_step_progress\":" + progress)
            + (reason == null ? "" : ",\"flow_end_reason\":\"" + reason + "\"");

    assertThat(
            reports(UsertourMessages.event("whmsg_1", event, AT, more)).stream()
                .map(UsertourWebhookTest::describe)
                .collect(Collectors.joining(" + ")))
        .isEqualTo(meaning);
  }

  private static String describe(ProviderReport report) {
    return "%s %d%s"
        .formatted(
            report.outcome().name().toLowerCase(Locale.ROOT),
            report.step(),
            report.confirmed() ? "" : " unconfirmed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-23T00:00:00Z", "+999999999-01-01T00:00:00Z"})
  void aTimeThatIsNoneOrYetToComeIsTheTimeOfReceipt(String time) {
    String message = UsertourMessages.started("whmsg_1", AT).replace(AT.toString(), time);

    assertThat(reports(message)).extracting(ProviderReport::at).containsExactly(NOW);
  }

  @Test
  void whatIsGenuineButOfNoUseIsIgnoredAndSaysWhy() {
    String started = UsertourMessages.started("whmsg_1", AT);
    String longId = "u".repeat(513);

    assertThat(ignored(UsertourMessages.test("whmsg_1", AT))).contains("type");
    assertThat(ignored("{}")).contains("type");
    assertThat(ignored(started.replace("flow_started", "survey_answered"))).contains("type");
    assertThat(ignored(started.replace("event.tracked.", "content."))).contains("type");
    assertThat(ignored(started.replace("\"userId\":\"user-42\"", "\"userId\":null")))
        .isEqualTo("data.event.userId is missing");
    assertThat(ignored(started.replace("\"contentId\"", "\"content\"")))
        .isEqualTo("data.event.contentId is missing");
    assertThat(ignored(started.replace("\"whmsg_1\"", "7"))).isEqualTo("id is missing");
    assertThat(ignored(started.replace("user-42", longId)))
        .isEqualTo("data.event.userId has 513 characters, it must have at most 512");
    assertThat(ignored(started.replace(UsertourMessages.RUN, longId)))
        .startsWith("data.event.sessionId has 513 characters");
    assertThat(ignored(started.replaceAll("\"data\":.*", "\"data\":[1]}"))).contains("userId");
  }

  @Test
  void aRunWithoutItsSessionIsTakenAllTheSame() {
    String message = UsertourMessages.started("whmsg_1", AT);

    assertThat(reports(message.replace("\"" + UsertourMessages.RUN + "\"", "null")))
        .extracting(ProviderReport::run)
        .containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"text\"", "{", "null", "\u0000"})
  void whatIsSignedButNoObjectIsMalformed(String body) {
    assertThat(read(body.getBytes(UTF_8))).isInstanceOf(Result.Malformed.class);
  }

  @Property(tries = 300)
  void noSignedBytesMakeItThrow(@ForAll byte[] body) {
    assertThat(read(body)).isNotInstanceOf(Result.Unauthorized.class);
  }

  @Property(tries = 1000)
  void noValueAnywhereInAMessageMakesItThrow(
      @ForAll("messages") String message, @ForAll("values") String value) {
    assertThat(read(message.replace("@", value).getBytes(UTF_8)))
        .isInstanceOfAny(Result.Reports.class, Result.Ignored.class);
  }

  /** A message in which one value is yet to be filled in. */
  @Provide
  Arbitrary<String> messages() {
    String whole = UsertourMessages.ended("whmsg_1", AT, 1, 50, "user_closed");
    List<String> values =
        List.of(
            "\"whmsg_1\"",
            "\"event.tracked.flow_ended\"",
            "\"" + AT + "\"",
            "\"user-42\"",
            "\"" + UsertourMessages.FLOW + "\"",
            "\"" + UsertourMessages.RUN + "\"",
            "\"flow_step_number\":1",
            "\"flow_step_progress\":50",
            "\"user_closed\"");
    return Arbitraries.of(values)
        .map(
            value ->
                value.contains(":1") || value.contains(":50")
                    ? whole.replace(value, value.replaceAll(":\\d+$", ":@"))
                    : whole.replace(value, "@"));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "null",
            "true",
            "[]",
            "{}",
            "-1",
            "1e400",
            "1.5",
            "2147483647",
            "99999999999999999999",
            "\"\\ud800\""),
        Arbitraries.strings().ofMaxLength(600).alpha().map(text -> "\"" + text + "\""));
  }

  @Test
  void itsTextHidesTheSecret() {
    assertThat(webhook.toString()).doesNotContain("0f0f");
  }

  private List<ProviderReport> reports(String body) {
    Result result = read(body.getBytes(UTF_8));
    assertThat(result).isInstanceOf(Result.Reports.class);
    return ((Result.Reports) result).reports();
  }

  private String ignored(String body) {
    Result result = read(body.getBytes(UTF_8));
    assertThat(result).isInstanceOf(Result.Ignored.class);
    return ((Result.Ignored) result).why();
  }

  private Result read(byte[] body) {
    return webhook.read(
        new ProviderWebhook.Request() {
          @Override
          public String productId() {
            return "prod_abc";
          }

          @Override
          public String header(String name) {
            return name.equals(UsertourWebhook.HEADER) ? SIGNATURE.sign(body, NOW) : "";
          }

          @Override
          public byte[] body() {
            return body;
          }

          @Override
          public Instant receivedAt() {
            return NOW;
          }
        });
  }
}
