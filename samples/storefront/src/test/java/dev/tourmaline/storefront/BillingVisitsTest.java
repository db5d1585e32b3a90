package dev.tourmaline.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.Replay;
import dev.tourmaline.engine.trigger.Offer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the panel counts, beside what the rule "Billing revisited" makes of the same actions. */
class BillingVisitsTest {

  private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
  private static final String BILLING = "/settings/billing";

  private final BillingVisits visits = new BillingVisits();
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private int index;

  @Test
  void threeVisitsWithOtherPagesBetweenReachTheTour() throws IOException {
    assertThat(view(0, BILLING)).isEqualTo("visit 1 of 3");
    assertThat(view(10, "/projects")).isEmpty();
    assertThat(view(20, BILLING)).isEqualTo("visit 2 of 3");
    assertThat(view(30, "/dashboard")).isEmpty();
    assertThat(offers()).isZero();
    assertThat(view(40, BILLING)).isEqualTo("visit 3 of 3");
    assertThat(offers()).isEqualTo(1);
  }

  @Test
  void aReloadIsNoVisit() throws IOException {
    assertThat(view(0, BILLING)).isEqualTo("visit 1 of 3");
    assertThat(view(10, BILLING)).isEqualTo("a reload is no visit: still visit 1 of 3");
    assertThat(view(20, BILLING)).isEqualTo("a reload is no visit: still visit 1 of 3");
    assertThat(visits.progress()).isEqualTo("visit 1 of 3");
    assertThat(offers()).isZero();
  }

  @Test
  void aVisitCountsForTenMinutesBothEndsIncluded() throws IOException {
    view(0, BILLING);
    view(10, "/projects");
    view(20, BILLING);
    view(30, "/projects");
    assertThat(view(601, BILLING)).isEqualTo("visit 2 of 3");
    view(610, "/projects");
    assertThat(offers()).isZero();
    assertThat(view(620, BILLING)).isEqualTo("visit 3 of 3");
    assertThat(offers()).isEqualTo(1);
  }

  @Test
  void aFormThatWasSentHoldsTheTourBack() throws IOException {
    view(0, BILLING);
    happens(5, "submit", BILLING);
    view(10, "/projects");
    view(20, BILLING);
    view(30, "/projects");
    assertThat(view(40, BILLING)).isEqualTo("visit 3 of 3, but a form was sent here");
    assertThat(offers()).isZero();
  }

  private String view(int second, String path) {
    return happens(second, "pageview", path);
  }

  private String happens(int second, String type, String path) {
    Instant at = BEGIN.plusSeconds(second);
    String url = "https://app.example.com" + path;
    CapturedAction action = new CapturedAction("ps_1", "u_1", "", type, "", "", at, url, url);
    frames.writeBytes(WireFrames.actions("prod_abc", List.of(action), index++, at));
    frames.write('\n');
    return visits.after(action);
  }

  private long offers() throws IOException {
    List<Offer> offers = new ArrayList<>();
    Replay.builder(Storefront.rules())
        .withoutPolicy()
        .build()
        .run(new ByteArrayInputStream(frames.toByteArray()), offers::add);
    return offers.stream().filter(offer -> offer.rule().equals("Billing revisited")).count();
  }
}
