package dev.tourmaline.engine.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.runtime.Proposal;
import dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.internal.fact.ActionFact;
import dev.tourmaline.engine.internal.hash.KeyedHash;
import dev.tourmaline.engine.internal.history.CoverageGaps;
import dev.tourmaline.engine.internal.history.History;
import dev.tourmaline.engine.internal.history.PagePaths;
import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.session.SessionLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A log that an earlier build wrote, and whoever reads it now. The fixture holds what {@link
 * #write} wrote when its version was made; a new version gets a fixture of its own, and this one
 * stays.
 */
class PortableLogTest {

  private static final SessionKey KEY = new SessionKey("prod_abc", "ps_1");
  private static final long T0 = 1_772_000_000_000L;
  private static final KeyedHash FIXED = new KeyedHash(0x0123456789abcdefL, 42);

  private static final String JOIN =
      """
      rule "Paid, then lost" @flow("tour_join")
      when
        $a : Action( click, title == "Pay" )
        $b : Action( pageview, path == "/help", this after[0s,10m] $a )
      then tours.offer($b, "after " + $a.getTitle() + " of " + $b.getUserId()); end
      """;

  private static final String OTHER =
      """
      rule "Rage" @flow("tour_rage")
      when $a : Action( click, elementClicksWithin("10m") >= 3 )
      then tours.offer($a, "three times"); end
      """;

  private static UiAction action(String type, String path, String title, long at) {
    return UiAction.builder(type)
        .rawUrl("https://app.example.com" + path + "?gclid=" + at)
        .canonicalUrl("https://app.example.com" + path.replaceAll("\\d+", ":id"))
        .title(title)
        .start(Instant.ofEpochMilli(at))
        .build();
  }

  private static UserSession session(PagePaths paths) {
    return new UserSession(KEY, history(paths), "user_7", T0, T0);
  }

  private static History history(PagePaths paths) {
    return new History(paths, new CoverageGaps(), SessionLimits.defaults());
  }

  private static RuleEvaluator evaluator(RuleProgram program) {
    return new RuleEvaluator(program, true, 100, failure -> {});
  }

  private static List<String> take(UserSession session, RuleEvaluator evaluator, UiAction action) {
    long at = action.start().orElseThrow().toEpochMilli();
    session.lastEventAt = at;
    assertThat(session.history.take(action, at, at, evaluator.program().asksForElements()))
        .isEqualTo(History.TAKEN);
    session.newestArrived(at);
    ActionFact fact = new ActionFact(KEY, session.userId, session.history, action, at);
    List<String> offered = new ArrayList<>();
    for (Proposal proposal : evaluator.evaluate(session, fact)) {
      offered.add(proposal.rule().name() + ": " + proposal.reason());
    }
    return offered;
  }

  private static byte[] write(PagePaths paths) {
    RuleEvaluator evaluator = evaluator(CoreRun.compile(OTHER, JOIN));
    UserSession session = session(paths);
    take(session, evaluator, action("pageview", "/invoices/17", "Invoice 17", T0));
    take(session, evaluator, action("click", "/invoices/17", "Pay", T0 + 1_000));
    take(session, evaluator, action("pageview", "/invoices/18", "Invoice 18", T0 + 60_000));
    take(session, evaluator, action("pageview", "/plans/\u00fcber", "Plans", T0 + 90_000));
    take(session, evaluator, action("click", "/invoices/18", "Pay", T0 + 91_000));
    session.history.addGap(T0 - 5_000, T0 - 1_000);
    byte[] log = new SessionLogs(key -> history(paths)).save(session, evaluator);
    evaluator.close(session);
    return log;
  }

  private static byte[] fixture() throws IOException {
    try (InputStream in = PortableLogTest.class.getResourceAsStream("session-log-3.hex")) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  @Test
  void aLogIsWrittenAsItsVersionSays() throws IOException {
    assertThat(HexFormat.of().formatHex(write(new PagePaths(FIXED, 4))))
        .as("a change of the format needs a new version, which reads the old one too")
        .isEqualTo(HexFormat.of().formatHex(fixture()));
  }

  @Test
  void whoeverReadsItGoesOnWithTheSession() throws IOException {
    PagePaths others = new PagePaths();
    // The rules stand in another order, and one has come that the writer did not know.
    RuleEvaluator evaluator =
        evaluator(CoreRun.compile(JOIN, OTHER, JOIN.replace("Paid", "New").replace("_join", "_n")));
    SessionLogs logs = new SessionLogs(key -> history(others));
    UserSession session = logs.load(KEY, fixture(), evaluator, T0);
    assertThat(session.userId).isEqualTo("user_7");
    assertThat(session.history.size()).isEqualTo(5);
    assertThat(session.history.newest()).isEqualTo(T0 + 91_000);
    assertThat(logs.save(session, evaluator)).as("nothing is lost").isEqualTo(fixture());
    UiAction repeated = action("click", "/invoices/18", "Pay", T0 + 91_000);
    assertThat(session.history.take(repeated, T0 + 91_000, T0 + 91_000, true))
        .isEqualTo(History.REPEAT);

    ActionFact click = new ActionFact(KEY, "", session.history, repeated, T0 + 91_000);
    assertThat(click.visitsWithin("10m")).isEqualTo(2);
    assertThat(click.visitsWithin("/plans/*", "10m")).isOne();
    assertThat(click.elementClicksWithin("10m")).isEqualTo(2);
    assertThat(click.getPreviousPage()).isEqualTo("/invoices/:id");
    assertThat(click.blindWithin("91s")).isFalse();
    assertThat(click.blindWithin("93s")).isTrue();

    assertThat(take(session, evaluator, action("click", "/invoices/18", "Pay", T0 + 92_000)))
        .containsExactly("Rage: three times");
    assertThat(take(session, evaluator, action("pageview", "/help", "Help", T0 + 95_000)))
        .as("of the new rule only with what has come since")
        .containsExactlyInAnyOrder(
            "Paid, then lost: after Pay of user_7", "New, then lost: after Pay of user_7");
  }
}
