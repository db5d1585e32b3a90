package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Moment;
import dev.tourmaline.engine.trigger.Moment.Cause;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.RuleTerms;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static String frame(Cause cause, String page, RuleTerms terms, boolean invite) {
    Moment moment = new Moment(cause, page, Duration.ZERO, T0, "");
    SessionKey session = new SessionKey("prod_abc", "ps_1");
    Offer offer = new Offer("t1", session, "", "rule", "flow", 50, 0, "why", T0, moment, terms);
    TourTrigger trigger = new TourTrigger(offer, T0, TourTrigger.Origin.RULE, invite);
    byte[] frame = Frames.forBrowser(trigger, Duration.ofMillis(29_500));
    return new String(frame, StandardCharsets.UTF_8);
  }

  @Test
  void theDataKeepsItsFourKeysAndTheTermsStandInAFieldOfTheirOwn() {
    assertThat(frame(Cause.ACTION, "/invoices/:id", RuleTerms.none(), false))
        .isEqualTo(
            """
            id: t1
            data: {"type":"usertour_trigger","product_id":"prod_abc","session_id":"ps_1","flow_id":"flow"}
            terms: {"show_on":["/invoices/:id"],"expires_in":29.5}

            """);
  }

  @Test
  void whatTheRuleAsksOfThePageIsSaid() {
    RuleTerms terms = RuleTerms.builder().showOn(List.of("/a/**", "/b")).element("#save").build();
    assertThat(frame(Cause.TIME, "/c", terms, true))
        .contains(
            "terms: {\"show_on\":[\"/a/**\",\"/b\"],\"element\":\"#save\",\"invite\":true,"
                + "\"present\":true,\"expires_in\":29.5}\n\n");
  }

  @Test
  void aTourForAnywhereNamesNoPage() {
    RuleTerms anywhere = RuleTerms.builder().showOn(List.of(RuleTerms.ANYWHERE)).build();
    assertThat(frame(Cause.ACTION, "/a", anywhere, false)).doesNotContain("show_on");
    assertThat(frame(Cause.REQUEST, "", RuleTerms.none(), false)).doesNotContain("show_on");
  }

  @Test
  void whatAPageIsCalledEndsNoLine() {
    assertThat(frame(Cause.ACTION, "/a\n\ndata: x\r", RuleTerms.none(), false).lines().count())
        .isEqualTo(4);
  }
}
