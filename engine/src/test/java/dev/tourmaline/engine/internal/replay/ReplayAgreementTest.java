package dev.tourmaline.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.codec.EventEncoder;
import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.StreamEvent;
import dev.tourmaline.engine.event.SummaryEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.internal.drools.compile.Compilation;
import dev.tourmaline.engine.internal.drools.compile.RuleCompiler;
import dev.tourmaline.engine.internal.drools.runtime.RuleProgram;
import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.session.SessionLimits;
import dev.tourmaline.engine.trigger.Frequency;
import dev.tourmaline.engine.trigger.TriggerPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same frames give the same bytes, however they are replayed. */
class ReplayAgreementTest {

  private static final String CORE = "/dev/tourmaline/engine/internal/core/";
  private static final long T0 = 1_772_000_000_000L;
  private static final int FRAMES = 2_600;
  private static final int BATCH = 300;
  private static final int BATCH_BYTES = 1 << 20;
  private static final SessionLimits LIMITS =
      SessionLimits.defaults().withSleepAfter(Duration.ofSeconds(70));

  private static final EventEncoder ENCODER = EventEncoder.create();

  private static RuleProgram rules;

  /** Seeds that stay, two of which once told lanes apart, and one that does not. */
  static List<Long> seeds() {
    long random = new Random().nextLong();
    return List.of(20_260_301L, -4_099_492_354_574_974_968L, 2_728_532_514_910_138_525L, random);
  }

  @BeforeAll
  static void compile() throws IOException {
    RuleSet set = RuleSet.empty();
    for (String file : List.of("steps.drl", "patterns.drl", "windows.drl")) {
      try (InputStream in = ReplayAgreementTest.class.getResourceAsStream(CORE + file)) {
        set = set.plus(RuleSet.of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    rules = new RuleProgram(((Compilation.Compiled) RuleCompiler.compile(set)).rules());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyNumberOfLanesWithAPolicy(long seed) throws IOException {
    byte[] frames = frames(new Random(seed));
    TriggerPolicy policy =
        TriggerPolicy.builder()
            .oncePer(Frequency.ONCE_PER_SESSION)
            .betweenTours(Duration.ofSeconds(20))
            .perUserPerDay(40)
            .perUserPerWeek(1_000)
            .build();
    String one = replay(frames, Optional.of(policy), 1, true, false);
    assertThat(one.lines().count()).isGreaterThan(100);
    assertThat(replay(frames, Optional.of(policy), 2, true, false))
        .as("2 lanes, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.of(policy), 3, true, false))
        .as("3 lanes, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.of(policy), 2, true, true))
        .as("asleep, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.of(policy), 2, true, false, LIMITS, 5_000))
        .as("small batches, seed %d", seed)
        .isEqualTo(one);
    SessionLimits tight = LIMITS.withMaxAwake(6);
    assertThat(replay(frames, Optional.of(policy), 3, true, false, tight))
        .as("tight, seed %d", seed)
        .isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyNumberOfLanesWithoutAPolicyAsleepAndWithoutThePrefilter(long seed) throws IOException {
    byte[] frames = frames(new Random(seed));
    String one = replay(frames, Optional.empty(), 1, true, false);
    assertThat(one.lines().count()).isGreaterThan(1_000);
    assertThat(replay(frames, Optional.empty(), 2, true, false))
        .as("2 lanes, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.empty(), 3, true, true))
        .as("asleep, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.empty(), 2, true, false, LIMITS, 1))
        .as("a frame a batch, seed %d", seed)
        .isEqualTo(one);
    assertThat(replay(frames, Optional.empty(), 2, false, false))
        .as("plain, seed %d", seed)
        .isEqualTo(one);
  }

  private static String replay(
      byte[] frames, Optional<TriggerPolicy> policy, int lanes, boolean prefilter, boolean asleep)
      throws IOException {
    return replay(frames, policy, lanes, prefilter, asleep, LIMITS);
  }

  private static String replay(
      byte[] frames,
      Optional<TriggerPolicy> policy,
      int lanes,
      boolean prefilter,
      boolean asleep,
      SessionLimits limits)
      throws IOException {
    return replay(frames, policy, lanes, prefilter, asleep, limits, BATCH_BYTES);
  }

  private static String replay(
      byte[] frames,
      Optional<TriggerPolicy> policy,
      int lanes,
      boolean prefilter,
      boolean asleep,
      SessionLimits limits,
      int batchBytes)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    ReplayRun run =
        new ReplayRun(
            new ReplayRun.Settings(
                rules, policy, Optional.empty(), limits, lanes, prefilter, asleep, bytes -> {}),
            offer -> lines.append(offer).append('\n'),
            BATCH,
            batchBytes);
    ExecutorService workers = Executors.newFixedThreadPool(lanes);
    try {
      run.run(new ByteArrayInputStream(frames), workers);
    } finally {
      workers.shutdownNow();
    }
    EngineStats stats = run.stats();
    return lines
        .append("actions %d, summaries %d, ".formatted(stats.actions(), stats.summaries()))
        .append("sessions %d, late %d, ".formatted(stats.sessions(), stats.late()))
        .append("repeats %d%n".formatted(stats.repeats()))
        .toString();
  }

  /** Two users to some sessions, unknown at first; frames of several sessions; summaries. */
  private static byte[] frames(Random random) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    List<UiAction> before = new ArrayList<>();
    long now = T0;
    for (int i = 0; i < FRAMES; i++) {
      now += random.nextInt(200) == 0 ? 1_900_000 : random.nextInt(8) * 125L;
      Instant forwarded = Instant.ofEpochMilli(now);
      StreamEvent event;
      if (random.nextInt(12) == 0) {
        String session = "s" + random.nextInt(24);
        event = new SummaryEvent("p", session, user(random, session), "confused", 3, forwarded);
      } else {
        List<UiAction> actions = new ArrayList<>();
        int several = random.nextInt(4) == 0 ? 24 : 1;
        int first = random.nextInt(24);
        for (int n = random.nextInt(4); n >= 0; n--) {
          actions.add(action(random, "s" + (first + random.nextInt(several)) % 24, now));
        }
        if (random.nextInt(15) == 0) {
          actions.addAll(before);
        }
        before = actions;
        event = new ActionsEvent("p", "s" + first, "", "", "", forwarded, actions);
      }
      lines.writeBytes(ENCODER.encode(event));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static String user(Random random, String session) {
    return random.nextInt(9) == 0 ? "u" + session.hashCode() % 7 : "";
  }

  /** An open vocabulary: a third of the URLs has a query that is seen once. */
  private static String once(Random random) {
    return random.nextInt(3) == 0 ? "?gclid=" + Long.toHexString(random.nextLong()) : "";
  }

  private static UiAction action(Random random, String session, long now) {
    String[] types = {"pageview", "pageview", "click", "click", "submit", "focus", "scroll"};
    String[] pages = {"/a", "/b", "/settings/billing", "/settings", "/invoices/1", "/invoices/2"};
    String page = pages[random.nextInt(pages.length)];
    long lag = random.nextInt(5) == 0 ? random.nextInt(40) * 1_000L : random.nextInt(3) * 500L;
    UiAction.Builder action =
        UiAction.builder(types[random.nextInt(types.length)])
            .title((random.nextInt(3) == 0 ? now + " " : "") + "title " + random.nextInt(3))
            .rawUrl("https://h.com" + page + once(random))
            .canonicalUrl("https://h.com" + page.replaceAll("\\d", ":id"))
            .sessionId(session)
            .userId(user(random, session));
    return (random.nextInt(20) == 0 ? action : action.start(Instant.ofEpochMilli(now - lag)))
        .build();
  }
}
