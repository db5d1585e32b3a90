package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.event.ActionsEvent;
import dev.tourmaline.engine.event.UiAction;
import dev.tourmaline.engine.listener.EngineListener;
import dev.tourmaline.engine.rule.RuleSet;
import dev.tourmaline.engine.trigger.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRulesTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration OFTEN = Duration.ofMillis(20);

  private final List<String> flows = new CopyOnWriteArrayList<>();
  private int visitors;

  @TempDir Path folder;

  private static String rule(String flow) {
    return """
        rule "Any view" @flow("%s") when $a : Action( pageview ) then tours.offer($a, "seen"); end
        """
        .formatted(flow);
  }

  private TourEngine engine(Path rules) {
    return TourEngine.builder(RuleSet.path(rules))
        .clock(new MutableClock(T0))
        .listener(
            new EngineListener() {
              @Override
              public void decided(Decision decision) {
                flows.add(decision.offer().flowId());
              }
            })
        .build();
  }

  /** A new visitor's first view; {@return the flow that was best} */
  private String flowOfANewVisitor(TourEngine engine) {
    UiAction view = UiAction.builder("pageview").url("https://a.example/").start(T0).build();
    String session = "s" + visitors++;
    int before = flows.size();
    engine
        .accept(new ActionsEvent("prod", session, "", "", "", T0, List.of(view)))
        .toCompletableFuture()
        .join();
    return flows.get(before);
  }

  @Test
  void anEditedFileTakesEffectAndABrokenOneDoesNot() throws IOException {
    Path file = Files.writeString(folder.resolve("a.drl"), rule("tour_old"));
    try (TourEngine engine = engine(folder);
        WatchedRules watched =
            WatchedRules.start(engine, RuleSet.path(folder), () -> RuleSet.path(folder), OFTEN)) {
      assertThat(watched).isNotNull();
      assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_old");
      Files.writeString(file, rule("tour_new"));
      Awaitility.await()
          .untilAsserted(() -> assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_new"));
      Files.writeString(file, "rule \"broken\" when");
      Files.writeString(folder.resolve("b.drl"), rule("tour_b").replace("Any", "Other"));
      assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_new");
      Files.writeString(file, rule("tour_mended"));
      Awaitility.await()
          .untilAsserted(() -> assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_mended"));
    }
  }

  @Test
  void aNonUtf8FileChangesNoRules() throws IOException {
    Path file = Files.writeString(folder.resolve("a.drl"), rule("tour_old"));
    List<RuleSet> read = new CopyOnWriteArrayList<>();
    try (TourEngine engine = engine(folder);
        WatchedRules watched =
            WatchedRules.start(
                engine,
                RuleSet.path(folder),
                () -> {
                  read.add(RuleSet.path(folder));
                  return read.get(read.size() - 1);
                },
                OFTEN)) {
      assertThat(watched).isNotNull();
      Files.write(file, rule("tour_déjà_vu").getBytes(StandardCharsets.ISO_8859_1));
      RuleSet faulty = RuleSet.path(folder);
      Awaitility.await()
          .untilAsserted(() -> assertThat(read).filteredOn(faulty::equals).hasSizeGreaterThan(2));
      assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_old");
      Files.writeString(file, rule("tour_déjà_vu"));
      Awaitility.await()
          .untilAsserted(() -> assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_déjà_vu"));
    }
  }

  @Test
  void aSwappedSymbolicLinkTakesEffectAsWithMountedConfiguration() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..data-1"));
    Path second = Files.createDirectory(folder.resolve("..data-2"));
    Files.writeString(first.resolve("a.drl"), rule("tour_first"));
    Files.writeString(second.resolve("a.drl"), rule("tour_second"));
    Path link = Files.createSymbolicLink(folder.resolve("rules"), first);
    try (TourEngine engine = engine(link);
        WatchedRules watched =
            WatchedRules.start(engine, RuleSet.path(link), () -> RuleSet.path(link), OFTEN)) {
      assertThat(watched).isNotNull();
      assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_first");
      Path next = Files.createSymbolicLink(folder.resolve("rules-next"), second);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      Awaitility.await()
          .untilAsserted(() -> assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_second"));
    }
  }

  @Test
  void noErrorOfLoadingEndsHotReload() throws IOException {
    Path file = Files.writeString(folder.resolve("a.drl"), rule("tour_old"));
    List<Error> errors =
        List.of(
            new ExceptionInInitializerError("thrown"),
            new NoClassDefFoundError("thrown"),
            new StackOverflowError(),
            new OutOfMemoryError("thrown"));
    AtomicInteger polls = new AtomicInteger();
    try (TourEngine engine = engine(folder);
        WatchedRules watched =
            WatchedRules.start(
                engine,
                RuleSet.path(folder),
                () -> {
                  int poll = polls.getAndIncrement();
                  if (poll < errors.size()) {
                    throw errors.get(poll);
                  }
                  return RuleSet.path(folder);
                },
                Duration.ofMillis(1))) {
      assertThat(watched).isNotNull();
      Files.writeString(file, rule("tour_new"));
      Awaitility.await()
          .untilAsserted(() -> assertThat(flowOfANewVisitor(engine)).isEqualTo("tour_new"));
    }
  }
}
