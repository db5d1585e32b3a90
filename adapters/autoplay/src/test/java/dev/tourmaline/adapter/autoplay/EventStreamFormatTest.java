package dev.tourmaline.adapter.autoplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.autoplay.Reading.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The format cases of the web platform tests for EventSource, at every cut. */
class EventStreamFormatTest {

  record Case(String name, String stream, List<Event> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    String bom = "\uFEFF";
    String longLine = "x".repeat(2 * 1024);
    return Stream.of(
        of("bom", bom + "data:1\n\n" + bom + "data:2\n\ndata:3\n\n", "1", "3"),
        of("bom-2", bom + bom + "data:1\n\ndata:2\n\ndata:3\n\n", "2", "3"),
        of(
            "comments",
            "data:1\r:\0\n:\r\ndata:2\n:"
                + longLine
                + "\rdata:3\n:data:fail\r:"
                + longLine
                + "\ndata:4\n\n",
            "1\n2\n3\n4"),
        of(
            "data-before-final-empty-line",
            "retry:1000\ndata:test1\n\nid:test\ndata:test2",
            "test1"),
        of("field-data", "data:\n\ndata\ndata\n\ndata:test\n\n", "", "\n", "test"),
        new Case(
            "field-event",
            "event:test\ndata:x\n\ndata:x\n\n",
            List.of(new Event("test", "x"), new Event("message", "x"))),
        of("field-event-empty", "event: \ndata:data\n\n", "data"),
        of(
            "field-parsing",
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n"
                + " data:32\ndata:4\n\n",
            "\0\n 2\n1\n3\n\n4"),
        of("field-retry", "retry:3000\n\ndata:x\n\n", "x"),
        of(
            "field-unknown",
            "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n",
            "test\n\ntest"),
        of("leading-space", "data:\ttest\rdata: \ndata:test\n\n", "\ttest\n\ntest"),
        of("newlines", "data:test\r\ndata\ndata:test\r\n\r\n", "test\n\ntest"),
        of("null-character", "data:\0\n\n\n\n", "\0"),
        of("utf-8", "data:ok\u2026\u00e9\ud83d\ude00\n\n", "ok\u2026\u00e9\ud83d\ude00"),
        of("cr only", "data:1\rdata:2\r\rdata:3\r\r", "1\n2", "3"),
        of("crlf only", "data:1\r\ndata:2\r\n\r\ndata:3\r\n\r\n", "1\n2", "3"),
        of("lf then cr is two line ends", "data:1\n\rdata:2\n\r", "1", "2"),
        of("cr crlf is two line ends", "data:1\r\r\ndata:2\r\r\n", "1", "2"),
        of("trailing bare cr after a line", "data:1\n\ndata:2\r", "1"),
        of("only a bom", bom),
        of("empty stream", ""),
        of("only a cr", "\r"),
        of("an event without data is none", "event:test\n\ndata:1\n\n", "1"),
        of("a comment only", ": keep-alive\n\n"),
        of("two spaces keep one", "data:  {}\n\n", " {}"));
  }

  private static Case of(String name, String stream, String... data) {
    return new Case(name, stream, Stream.of(data).map(each -> new Event("message", each)).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheEventsOfTheStandardWhereverTheStreamIsCut(Case each) {
    byte[] bytes = each.stream().getBytes(UTF_8);
    int step = Math.max(1, bytes.length / 400);
    for (int cut = 0; cut <= bytes.length; cut += step) {
      Reading reading = Reading.cut(bytes, cut);
      assertThat(reading.events).as("cut at %d", cut).isEqualTo(each.expected());
      assertThat(reading.failure).isNull();
      assertThat(reading.dropped).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameEventsByteByByte(Case each) {
    List<byte[]> single = new ArrayList<>();
    for (byte b : each.stream().getBytes(UTF_8)) {
      single.add(new byte[] {b});
    }
    assertThat(Reading.of(single, 1 << 20).events).isEqualTo(each.expected());
  }
}
