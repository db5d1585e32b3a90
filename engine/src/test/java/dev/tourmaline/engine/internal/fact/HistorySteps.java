package dev.tourmaline.engine.internal.fact;

import dev.tourmaline.engine.event.UiAction;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random streams of one session that like the edges of the definitions. */
final class HistorySteps {

  static final long T0 = 1_772_000_000_000L;

  /** Differences to the newest action's time; windows in the tests are sums of these. */
  private static final long[] DELTAS = {
    1_000, 5_000, 0, 1, 500, 10_000, 30_000, 60_000, 590_000, 600_000, 3_600_000, -1, -1_000,
    -5_000, -29_999, -30_000, -30_001, -60_000
  };

  /** A tilde marks a page whose canonical URL is absent. */
  private static final String[] PAGES = {
    "/a", "/b", "/", "/settings", "/settings/billing", "/invoices/1", "/invoices/2", "~/invoices/1"
  };

  static final List<String> GLOBS =
      List.of("/a", "/settings/**", "/invoices/*", "**", "/in*/:id", "/x");

  static final List<String> WINDOWS =
      List.of("0s", "1s", "5s", "30s", "1m", "10m", "600001ms", "7d");

  private static final String[] TYPES = {
    "pageview", "click", "submit", "type", "focus", "blur", "scroll", ""
  };

  private HistorySteps() {}

  /**
   * One action.
   *
   * @param type what
   * @param page where
   * @param title on what
   * @param delta how long after the newest action
   * @param index 0 for absent, 1 for the next number, 2 for a jump, 3 for a restart
   * @param startless whether it comes without its start
   * @param delay how long it takes to arrive, in ms
   */
  record Step(int type, int page, int title, int delta, int index, boolean startless, int delay) {

    long at(long newest) {
      return newest == 0 ? T0 : newest + DELTAS[delta];
    }

    UiAction action(long at, int number) {
      boolean uncanonical = PAGES[page].startsWith("~");
      String path = PAGES[page].replace("~", "");
      String canonical = path.startsWith("/invoices/") ? "/invoices/:id" : path;
      UiAction.Builder action =
          UiAction.builder(TYPES[type])
              .title(title == 2 ? "of " + at : "title " + title)
              .index(number)
              .rawUrl("https://app.example.com" + path + "?q=" + (title == 0 ? at : title))
              .canonicalUrl(uncanonical ? "" : "https://app.example.com" + canonical);
      return (startless ? action : action.start(Instant.ofEpochMilli(at))).build();
    }

    int number(int last) {
      return switch (index) {
        case 0 -> -1;
        case 1 -> last + 1;
        case 2 -> last + 3;
        case 3 -> 0;
        default -> Math.max(0, last - 1);
      };
    }
  }

  static Arbitrary<List<Step>> steps(int most) {
    return Combinators.combine(
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(5, 0),
                net.jqwik.api.Tuple.of(3, 1),
                net.jqwik.api.Tuple.of(1, 2),
                net.jqwik.api.Tuple.of(1, 3),
                net.jqwik.api.Tuple.of(1, 4),
                net.jqwik.api.Tuple.of(1, 5),
                net.jqwik.api.Tuple.of(1, 6),
                net.jqwik.api.Tuple.of(1, 7)),
            Arbitraries.integers().between(0, PAGES.length - 1).withoutEdgeCases(),
            Arbitraries.integers().between(0, 2).withoutEdgeCases(),
            Arbitraries.integers().between(0, DELTAS.length - 1).withoutEdgeCases(),
            Arbitraries.of(1, 1, 1, 1, 0, 2, 3, 4),
            Arbitraries.of(false, false, false, true),
            Arbitraries.of(0, 100, 15_000))
        .as(Step::new)
        .list()
        .ofMaxSize(most);
  }
}
