package dev.tourmaline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.listener.EngineStats;
import dev.tourmaline.engine.rule.RuleSet;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay without policy offers what a plain reading of the definitions finds, no more. */
class ReplayReadingTest {

  private static final String FILE = "TOURMALINE_CLICKSTREAM";

  private static final RuleSet RULES =
      RuleSet.of(
          "two.drl",
          """
          rule "Back and forth" @flow("tour_back")
          when
              $a : Action( pageview, pingPong("120s") )
          then
              tours.offer($a, "back and forth");
          end
          rule "Three visits" @flow("tour_three")
          when
              $a : Action( pageview, visitsWithin("10m") >= 3 )
          then
              tours.offer($a, "third visit");
          end
          """);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void ofAnyTangledStream(long seed) throws IOException {
    List<String> lines = tangled(new Random(seed));
    PlainReading reading = new PlainReading();
    for (String line : lines) {
      reading.frame(line);
    }
    byte[] frames = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    Map<String, List<String>> offers = new TreeMap<>();
    EngineStats summary = replay(new ByteArrayInputStream(frames), offers);

    assertThat(inOrder(offers)).isEqualTo(inOrder(reading.offers));
    assertThat(offers.toString()).contains(PlainReading.BACK_AND_FORTH, PlainReading.THREE_VISITS);
    assertThat(summary.late() + summary.repeats()).isEqualTo(reading.keptOut).isPositive();
  }

  /** Names a file of recorded frames, gzip, in the environment. */
  @Test
  @EnabledIfEnvironmentVariable(named = FILE, matches = ".+")
  void ofARecordedStream() throws IOException {
    Path file = Path.of(System.getenv(FILE));
    PlainReading reading = new PlainReading();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reading.frame(line);
      }
    }
    Map<String, List<String>> offers = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      replay(in, offers);
    }
    assertThat(inOrder(offers)).isEqualTo(inOrder(reading.offers)).isNotEmpty();
  }

  private static EngineStats replay(InputStream frames, Map<String, List<String>> offers)
      throws IOException {
    return Replay.builder(RULES)
        .withoutPolicy()
        .lanes(2)
        .build()
        .run(
            frames,
            offer ->
                offers
                    .computeIfAbsent(
                        offer.session().productId() + "/" + offer.session().sessionId(),
                        key -> new ArrayList<>())
                    .add(offer.rule() + " " + offer.at().toEpochMilli()));
  }

  private static Map<String, List<String>> inOrder(Map<String, List<String>> offers) {
    Map<String, List<String>> sorted = new TreeMap<>();
    offers.forEach((key, list) -> sorted.put(key, list.stream().sorted().toList()));
    return sorted;
  }

  /** Visitors who wander, reload, come late, come again, and come back after a break. */
  private static List<String> tangled(Random random) {
    List<String> pages = List.of("/a", "/b", "/items/1", "/items/2", "/items/3?tab=x");
    long now = 1_700_000_000_000L;
    List<String> lines = new ArrayList<>();
    String last = "";
    for (int frame = 0; frame < 1_500; frame++) {
      now += random.nextInt(50) == 0 ? 31 * 60_000L : random.nextInt(6) * 1_000L;
      int visitor = random.nextInt(6);
      List<String> actions = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        long late = random.nextInt(5) == 0 ? random.nextInt(45) * 1_000L : random.nextInt(4) * 500L;
        String page = pages.get(random.nextInt(pages.size()));
        actions.add(
            """
            {"index":0,"type":"%s","title":"t","description":"d","timestamp_start":%s,\
            "raw_url":"https://x.example%s","canonical_url":"https://x.example%s",\
            "session_id":%s,"user_id":"u%d"}"""
                .formatted(
                    random.nextInt(4) == 0 ? "click" : "pageview",
                    random.nextInt(30) == 0 ? "null" : seconds(now - late),
                    page,
                    page.replaceAll("/items/.*", "/items/:id"),
                    visitor == 0 ? "null" : "\"s" + visitor + "\"",
                    visitor));
      }
      if (random.nextInt(10) == 0 && !last.isEmpty()) {
        actions.add(last);
      }
      Collections.shuffle(actions, random);
      last = actions.get(0);
      lines.add(
          """
          {"type":"actions","product_id":"p","session_id":null,"user_id":"u%d","count":1,\
          "forwarded_at":%s,"actions":[%s]}"""
              .formatted(visitor, seconds(now), String.join(",", actions)));
    }
    return lines;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
  }
}
