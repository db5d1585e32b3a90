package dev.tourmaline.benchmarks;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tourmaline.engine.codec.EventDecoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult;
import dev.tourmaline.engine.event.RejectReason;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.workload.GeneratedStream;
import dev.tourmaline.workload.GeneratedStream.Frame;
import dev.tourmaline.workload.HostileStream;
import dev.tourmaline.workload.Vocabulary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the README says of the stream of an open vocabulary. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenVocabularyTest {

  private static final GeneratedStream STREAM = GeneratedStream.of(1_000, 30, Vocabulary.OPEN);

  private static final EventDecoder DECODER = EventDecoder.create();

  private final List<Frame> frames = frames(STREAM);
  private final List<UiAction> actions = actions(frames);

  private static List<Frame> frames(GeneratedStream stream) {
    List<Frame> frames = new ArrayList<>();
    stream.forEach(GeneratedStream.BEGIN, frames::add);
    return frames;
  }

  private static ActionsEvent event(byte[] frame) {
    DecodeResult.Decoded decoded = (DecodeResult.Decoded) DECODER.decode(frame);
    assertThat(decoded.rejectedActions()).isEmpty();
    assertThat(decoded.countDisagreed()).isFalse();
    return (ActionsEvent) decoded.event();
  }

  private static List<UiAction> actions(List<Frame> frames) {
    return frames.stream().flatMap(frame -> event(frame.bytes()).actions().stream()).toList();
  }

  private static <T> double share(List<T> all, Predicate<T> which) {
    return all.stream().filter(which).count() / (double) all.size();
  }

  private static String query(UiAction action) {
    int from = action.rawUrl().indexOf('?');
    return from < 0 ? "" : action.rawUrl().substring(from);
  }

  @Test
  void threeOfTenRawUrlsHaveAQueryThatIsSeenOnce() {
    List<UiAction> once = new HashSet<>(actions).stream().toList();
    Map<String, Long> queries =
        once.stream().map(OpenVocabularyTest::query).collect(groupingBy(identity(), counting()));
    List<UiAction> own = once.stream().filter(action -> queries.get(query(action)) == 1).toList();
    assertThat(own.size() / (double) once.size()).isBetween(0.28, 0.32);
    assertThat(own.stream().map(action -> query(action).length())).containsOnly(57, 72);
    assertThat(share(own, action -> query(action).endsWith("&utm_source=google&utm_medium=cpc")))
        .isBetween(0.45, 0.55);
  }

  @Test
  void pagesOfItemsHaveIdsInTheirRawPaths() {
    List<UiAction> items =
        actions.stream().filter(action -> action.canonicalUrl().endsWith("/:id")).toList();
    assertThat(items.size() / (double) actions.size()).isBetween(0.24, 0.34);
    assertThat(share(items, OpenVocabularyTest::isOfAnItem)).isEqualTo(1);
    assertThat(items.stream().map(UiAction::rawUrl).map(url -> url.replaceAll("\\?.*", "")))
        .satisfies(paths -> assertThat(Set.copyOf(paths).size()).isGreaterThan(2_000));
  }

  private static boolean isOfAnItem(UiAction action) {
    String page = Pattern.quote(action.canonicalUrl().replace(":id", ""));
    return action.rawUrl().matches(page + "\\d{1,7}(\\?.*)?");
  }

  @Test
  void aFifthOfClicksHasATitleThatIsSeenOnce() {
    List<UiAction> clicks =
        actions.stream().filter(action -> action.type().equals("click")).toList();
    assertThat(share(clicks, action -> action.title().matches(".*: Invoice \\d+")))
        .isBetween(0.17, 0.23);
  }

  @Test
  void aTenthOfFramesHasItsFieldsInAnotherOrder() {
    String usual = "{\"type\": \"actions\", \"product_id\": ";
    assertThat(share(frames, frame -> !frame.json().startsWith(usual))).isBetween(0.08, 0.12);
  }

  @Test
  void aFewFramesAreEmptyRepeatedOrEndWithALateAction() {
    assertThat(share(frames, frame -> frame.json().contains("\"actions\": []")))
        .isBetween(0.005, 0.015);
    assertThat(1 - new HashSet<>(frames).size() / (double) frames.size()).isBetween(0.005, 0.015);
    Predicate<Frame> late =
        frame -> {
          List<UiAction> all = event(frame.bytes()).actions();
          return all.size() > 1
              && !started(all.get(all.size() - 1)).plusSeconds(30).isAfter(started(all.get(0)));
        };
    assertThat(share(frames, late)).isBetween(0.01, 0.03);
  }

  private static Instant started(UiAction action) {
    return action.start().orElseThrow();
  }

  @Test
  void threeProductsShareTheSessionsAndOneHasMost() {
    Map<String, Long> products =
        frames.stream()
            .map(frame -> event(frame.bytes()))
            .collect(groupingBy(ActionsEvent::productId, counting()));
    assertThat(products).containsOnlyKeys("prod_shop", "prod_admin", "prod_docs");
    assertThat(products.get("prod_shop") / (double) frames.size()).isBetween(0.75, 0.85);
  }

  @Test
  void visitorsDoTheSameInBothVocabularies() {
    List<String> closed = done(frames(STREAM.in(Vocabulary.CLOSED)));
    assertThat(closed).hasSize(30_000);
    Set<String> open = new HashSet<>(done(frames));
    assertThat(share(closed, open::contains)).isEqualTo(1);
    assertThat(open.size() - closed.size()).isBetween(100, 500);
  }

  private static List<String> done(List<Frame> frames) {
    return actions(frames).stream()
        .map(action -> action.sessionId() + action.start() + action.type())
        .toList();
  }

  /** The texts of a frame's action, whether or not the decoder takes it. */
  private static List<String> texts(HostileStream stream, int number) throws IOException {
    JsonNode action =
        new ObjectMapper().readTree(stream.frame(number, GeneratedStream.BEGIN)).at("/actions/0");
    return Stream.of(
            "raw_url", "canonical_url", "title", "description", "type", "user_id", "session_id")
        .map(field -> action.get(field).textValue())
        .toList();
  }

  @Test
  void eachHostileActionHasOneTextOfItsOwnAsLongAsCanBe() throws IOException {
    Set<String> seen = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    HostileStream many = new HostileStream(50, 1);
    for (int number = 0; number < 300; number++) {
      List<String> texts = texts(many, number);
      List<String> hostile = texts.stream().filter(text -> text.length() > 300).toList();
      assertThat(hostile).hasSize(1);
      String text = hostile.get(0);
      assertThat(seen.add(text)).isTrue();
      kinds.add(texts.indexOf(text) + " of " + text.length());
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "0 of 65536",
            "1 of 65536",
            "2 of 65536",
            "3 of 65536",
            "4 of 65536",
            "5 of 65536",
            "5 of 512",
            "6 of 65536",
            "6 of 512");
  }

  @Test
  void hostileTextsAreNotRejectedButIdsBeyondTheirBound() {
    HostileStream many = new HostileStream(50, 1);
    for (int number = 0; number < 300; number++) {
      var decoded =
          (DecodeResult.Decoded) DECODER.decode(many.frame(number, GeneratedStream.BEGIN));
      assertThat(decoded.rejectedActions())
          .allMatch(rejected -> rejected.reason() == RejectReason.ID_TOO_LONG);
    }
  }

  @Test
  void aSingleHostileVisitorKeepsItsSession() throws IOException {
    HostileStream one = new HostileStream(1, 1);
    for (int number = 0; number < 100; number++) {
      assertThat(texts(one, number).get(6)).isEqualTo("ps_0");
    }
  }
}
