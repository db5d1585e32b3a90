package dev.tourmaline.engine.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.core.CoreRun.How;
import dev.tourmaline.engine.internal.core.CoreStreams.Timed;
import dev.tourmaline.engine.internal.core.Counters.Of;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of connectors that send of an action its title, description and canonical URL alone. */
class OlderPayloadsTest {

  private static final int SESSIONS = 400;
  private static final long T0 = CoreStreams.T0 / 1_000;
  private static final String[] PAGES = {
    "/dashboard", "/pricing", "/settings/billing", "/invoices/:id", "/help"
  };
  private static final RuleProgram RULES =
      CoreRun.compile(
          """
          rule "A-B-A" @flow("f") when $a : Action( pageview, pingPong("24h") )
          then tours.offer($a, ""); end
          """);
  private static final RuleProgram KINDS =
      CoreRun.compile(
          """
          rule "Visit" @flow("f") when $a : Action( visit ) then tours.offer($a, ""); end
          rule "Click" @flow("f") when $a : Action( type == "click", click, clicksWithin("1s") > 0 )
          then tours.offer($a, ""); end
          rule "Form" @flow("f") when $a : Action( submit, submittedWithin("1s") )
          then tours.offer($a, ""); end
          rule "No kind" @flow("f") when $a : Action( type == "" ) then tours.offer($a, ""); end
          """);

  /** An action as such a connector sends it. */
  private record Older(String title, String page) {

    boolean isPageLoad() {
      return title.startsWith("Page Load");
    }

    String json(boolean nulls) {
      return "{\"title\":\"%s\",\"description\":\"User did it\",\"canonical_url\":\"%s\"%s}"
          .formatted(
              title, page, nulls ? ",\"type\":null,\"raw_url\":null,\"timestamp_start\":null" : "");
    }
  }

  /** One visitor's actions, in the frames that they come in. */
  private record Visitor(String id, List<List<Older>> frames) {

    List<Timed> events() {
      return IntStream.range(0, frames.size())
          .mapToObj(i -> event(id, T0 + 20L * i, frames.get(i), i % 2 == 0))
          .toList();
    }

    /** Pages loaded, a page at once again left out: how often one is that before the last. */
    int naivePingPongs() {
      List<String> pages = new ArrayList<>();
      for (Older action : frames.stream().flatMap(List::stream).toList()) {
        boolean again = !pages.isEmpty() && pages.get(pages.size() - 1).equals(action.page);
        if (action.isPageLoad() && !again) {
          pages.add(action.page);
        }
      }
      return (int)
          IntStream.range(2, pages.size())
              .filter(i -> pages.get(i).equals(pages.get(i - 2)))
              .count();
    }
  }

  static Stream<How> ways() {
    return Stream.of(How.plain(), How.plain().withoutPrefilter(), How.plain().asleep());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void pingPongsOfOlderPayloadsAreThoseOfTheirPageLoads(How how) {
    List<Visitor> visitors = visitors(new Random(20_260_301));
    Map<String, Integer> expected = new TreeMap<>();
    for (Visitor visitor : visitors) {
      expected.put("p/" + visitor.id, visitor.naivePingPongs());
    }
    assertThat(expected.values().stream().mapToInt(n -> n).sum()).isGreaterThan(SESSIONS / 4);

    CoreRun run = new CoreRun(RULES, how);
    for (Visitor visitor : visitors) {
      visitor.events().forEach(run::take);
    }

    Map<String, Integer> found = new TreeMap<>();
    expected.forEach((session, none) -> found.put(session, 0));
    run.said.forEach(
        (session, said) ->
            found.put(session, (int) said.stream().filter(line -> line.contains("A-B-A")).count()));
    assertThat(found).isEqualTo(expected);
    assertThat(run.counters.get(Of.UNTYPED)).isZero();
  }

  @Test
  void theKindOfATitleIsTheKindThatRulesAndHistorySee() {
    CoreRun run = new CoreRun(KINDS, How.plain());
    run.take(
        event(
            "s",
            T0,
            List.of(
                new Older("Page Load: Pricing", "/pricing"),
                new Older("Page Load: Pricing", "/pricing"),
                new Older("CLICK Plans", "/pricing"),
                new Older("Submitted the form", "/pricing"),
                new Older("Export CSV button", "/pricing")),
            true));
    assertThat(run.rules()).containsExactlyInAnyOrder("Visit", "Click", "Form", "No kind");
    assertThat(run.counters.get(Of.ACTIONS)).isEqualTo(5);
    assertThat(run.counters.get(Of.UNTYPED)).isEqualTo(1);
  }

  @Test
  void anActionIsARepeatWithItsTypeOrWithout() {
    CoreRun run = new CoreRun(KINDS, How.plain());
    UiAction.Builder click =
        UiAction.builder("").title("Clicked Save").startMicros(T0 * 1_000_000).canonicalUrl("/a");
    for (String type : List.of("", "click", "", "focus")) {
      Instant now = Instant.ofEpochSecond(T0 + 1);
      UiAction action = click.type(type).build();
      run.take(
          new Timed(
              now.toEpochMilli(), new ActionsEvent("p", "s", "", "", "", now, List.of(action))));
    }
    assertThat(run.counters.get(Of.REPEATS)).isEqualTo(2);
  }

  @Test
  void actionsOfNoKindAreCountedAndSaidOnceForEachProduct() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    Counters counters = new Counters();
    try {
      UntypedProducts products = new UntypedProducts();
      UiAction action = UiAction.builder("").title("Save jane@h.com").build();
      for (int i = 0; i < 3 * 2 * UntypedProducts.MOST; i++) {
        products.count(action, "made\nup " + i / 3, counters);
      }
    } finally {
      System.setErr(before);
    }
    List<String> lines =
        log.toString(UTF_8).lines().filter(line -> line.contains("made up")).toList();
    assertThat(counters.get(Of.UNTYPED)).isEqualTo(3 * 2 * UntypedProducts.MOST);
    assertThat(lines).hasSize(UntypedProducts.MOST).noneMatch(line -> line.contains("jane"));
    assertThat(lines.get(1)).contains("Product made up 1 sends actions without a type");
  }

  private static Timed event(String session, long seconds, List<Older> actions, boolean nulls) {
    String frame =
        """
        {"type":"actions","product_id":"p","session_id":"%s","count":%d,"forwarded_at":%d.25,
         "actions":[%s]}"""
            .formatted(
                session,
                actions.size(),
                seconds,
                actions.stream()
                    .map(action -> action.json(nulls))
                    .collect(Collectors.joining(",")));
    Decoded decoded = (Decoded) EventDecoder.create().decode(frame.getBytes(UTF_8));
    return new Timed(seconds * 1_000 + 250, decoded.event());
  }

  /** They wander among few pages, reload, and click on some. */
  private static List<Visitor> visitors(Random random) {
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      List<List<Older>> frames = new ArrayList<>();
      String page = PAGES[0];
      for (int left = 1 + random.nextInt(5); left > 0; left--) {
        List<Older> actions = new ArrayList<>();
        for (int more = 1 + random.nextInt(4); more > 0; more--) {
          boolean load = frames.isEmpty() && actions.isEmpty() || random.nextInt(3) > 0;
          page = load ? PAGES[random.nextInt(PAGES.length)] : page;
          actions.add(new Older(load ? "Page Load: " + page : "Click Save", page));
        }
        frames.add(actions);
      }
      visitors.add(new Visitor("s" + i, frames));
    }
    return visitors;
  }
}
