package dev.tourmaline.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.DecodeResult.Decoded;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.TriggerEvent;
import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {

  private static final long EARLIEST = 946_684_800_000_000L;
  private static final long LATEST = 253_402_300_799_999_999L;

  private final EventDecoder decoder = EventDecoder.create();
  private final EventEncoder encoder = EventEncoder.create();

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void decodesWhatItEncodedToTheSameEvent(@ForAll("events") StreamEvent event) {
    byte[] frame = encoder.encode(event);

    assertThat(decoder.decode(frame)).isEqualTo(new Decoded(event, List.of(), false));
    assertThat(frame).doesNotContain('\n', '\r');
    assertThat(encoder.encode(((Decoded) decoder.decode(frame)).event())).isEqualTo(frame);
  }

  @Provide
  Arbitrary<StreamEvent> events() {
    return Arbitraries.oneOf(batches(), summaries(), triggers());
  }

  private static Arbitrary<StreamEvent> batches() {
    return Combinators.combine(
            texts(), texts(), texts(), texts(), texts(), times(), actions().list().ofMaxSize(5))
        .as(ActionsEvent::new);
  }

  private static Arbitrary<StreamEvent> summaries() {
    return Combinators.combine(
            texts(), texts(), texts(), texts(), Arbitraries.integers().greaterOrEqual(0), times())
        .as(SummaryEvent::new);
  }

  private static Arbitrary<StreamEvent> triggers() {
    return Combinators.combine(texts(), texts(), texts(), texts(), texts()).as(TriggerEvent::new);
  }

  private static Arbitrary<UiAction> actions() {
    Arbitrary<UiAction.Builder> words =
        Combinators.combine(texts(), texts(), texts(), texts(), texts())
            .as(
                (type, title, description, rawUrl, canonicalUrl) ->
                    UiAction.builder(type)
                        .title(title)
                        .description(description)
                        .rawUrl(rawUrl)
                        .canonicalUrl(canonicalUrl));
    Arbitrary<Integer> indices = Arbitraries.integers().greaterOrEqual(-1);
    return Combinators.combine(words, indices, times(), times(), texts(), texts(), texts(), texts())
        .as(
            (action, index, start, end, session, user, email, conversation) ->
                action
                    .index(index)
                    .start(start)
                    .end(end)
                    .sessionId(session)
                    .userId(user)
                    .email(email)
                    .conversationId(conversation)
                    .build());
  }

  /** All of Unicode, halves of surrogate pairs, control characters and much that repeats. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(40),
        Arbitraries.strings().withChars('\uD83D', '\uDE00', '"', '\\', '\u0000', '\u2028', 'a'),
        Arbitraries.of("", "pageview", "https://app.example.com/settings/billing", "ps_abc123"));
  }

  /** Microseconds from the first to the last that count, and none. */
  private static Arbitrary<Instant> times() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(EARLIEST, LATEST).map(RoundTripTest::instant),
        Arbitraries.of(0L, EARLIEST, EARLIEST + 1, LATEST, LATEST - 1, 1_700_000_000_100_000L)
            .map(RoundTripTest::instant));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
