package dev.tourmaline.adapter.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the client's script reads an event stream, in a real browser. */
class EventParserTest {

  private static final String PARSE =
      """
      async ({ source, stream, size, patience }) => {
        const module = 'data:text/javascript,' + encodeURIComponent(source);
        const { eventParser } = await import(module);
        const events = [];
        const parse = eventParser(
          (event) => events.push(`${event.id}|${event.name}|${event.data}`),
          (retry) => events.push(`retry ${retry}`),
        );
        const until = Date.now() + patience;
        for (let at = 0; at < stream.length; at += size) {
          if (Date.now() > until) throw new Error(`only ${at} of ${stream.length} were parsed`);
          parse(stream.slice(at, at + size));
        }
        return events;
      }
      """;

  private static ChromiumBrowser chromium;
  private static Page page;

  @BeforeAll
  static void start() {
    chromium = ChromiumBrowser.startOrSkip();
    page = chromium.browser().newPage();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void anIdHoldsForLaterEventsUntilTheNextOne() {
    assertThat(
            parse("data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid: 2\n\ndata: d\n\nid\ndata: e\n\n", 1))
        .containsExactly("||a", "1||b", "1||c", "2||d", "||e");
  }

  @Test
  void whateverTheLinesEndWithThePiecesDoNotMatter() {
    String stream =
        "\r\nid: 1\r\ndata: a\rdata:b\n\r\nevent: n\r\r: x\nevent: n\ndata\r\n\r\nretry: 5\r";

    for (int size = 1; size <= stream.length(); size++) {
      assertThat(parse(stream, size))
          .as("in pieces of " + size)
          .containsExactly("1||a\nb", "1|n|", "retry 5");
    }
  }

  /** A parser that looks at the whole line with each piece takes minutes; this one a second. */
  @Test
  void aLongLineInSmallPiecesTakesLinearTime() {
    String line = "x".repeat(900 * 1024);

    assertThat(parse("data: " + line + "\n\n", 4)).containsExactly("||" + line);
  }

  @SuppressWarnings("unchecked")
  private static List<String> parse(String stream, int size) {
    try (InputStream source =
        BrowserClient.class.getResourceAsStream("/dev/tourmaline/browser/events.js")) {
      return (List<String>)
          page.evaluate(
              PARSE,
              Map.of(
                  "source",
                  new String(source.readAllBytes(), StandardCharsets.UTF_8),
                  "stream",
                  stream,
                  "size",
                  size,
                  "patience",
                  30_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
