package dev.tourmaline.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloodOfBadInputLeavesFewLinesTest {

  private static final int FLOOD = 20_000;

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Wire wire = new Wire();
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    System.setErr(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void giveItBack() {
    System.setErr(before);
  }

  @Test
  void malformedFramesAreSaidAndCounted() {
    try (TourEngine engine = start()) {
      for (int i = 0; i < FLOOD; i++) {
        engine.acceptFrame("{\"type\": \"actions\", \"secret of jane".getBytes(UTF_8));
      }
      assertThat(lines("MALFORMED_JSON")).hasSize(5).noneMatch(line -> line.contains("jane"));

      clock.advance(Duration.ofSeconds(10));
      engine.acceptFrame("{".getBytes(UTF_8));
      assertThat(lines("MALFORMED_JSON: 19995 more such lines were left out in 10 s")).hasSize(1);
    }
  }

  @Test
  void overLongLinesAreSaidAndCounted() {
    try (TourEngine engine = start()) {
      for (int i = 0; i < FLOOD; i++) {
        wire.listener.get().dropped(wire, "over-long line");
      }
      assertThat(lines("over-long line")).hasSize(5);

      clock.advance(Duration.ofSeconds(10));
      wire.listener.get().dropped(wire, "over-large event");
      assertThat(lines("over-long line: 19995 more such lines were left out")).hasSize(1);
      assertThat(engine.stats().frames()).isZero();
    }
  }

  private TourEngine start() {
    RuleSet rules =
        RuleSet.of(
            "test.drl",
            "rule \"R\" @flow(\"f\") when $a : Action( click ) then tours.offer($a, \"\"); end");
    return TourEngine.builder(rules).source(wire).clock(clock).build();
  }

  private List<String> lines(String about) {
    return log.toString(UTF_8).lines().filter(line -> line.contains(about)).toList();
  }

  /** A source that says what a test lets it say. */
  private record Wire(AtomicReference<SourceListener> listener) implements EventSource {

    Wire() {
      this(new AtomicReference<>());
    }

    @Override
    public String name() {
      return "wire";
    }

    @Override
    public String productId() {
      return "prod";
    }

    @Override
    public void start(FrameReceiver frames, SourceListener told) {
      listener.set(told);
    }

    @Override
    public void close() {}
  }
}
