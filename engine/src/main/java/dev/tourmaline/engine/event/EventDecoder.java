package dev.tourmaline.engine.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Decodes the connector's frames, one JSON object each, without building a tree. Immutable for its
 * callers and thread-safe.
 *
 * <p>A frame of the plain form that connectors write is read from its bytes directly, in half the
 * time; whatever departs from it is read again by the JSON parser, which also words what is wrong.
 * Both give the same result for every frame that both read.
 *
 * <p>An empty frame is a heartbeat; a byte order mark is skipped. Fields may stand in any order; of
 * a field given twice the last one counts; null and absent are the same; unknown fields are
 * skipped, whatever they hold. An action that cannot be used is left out of its batch alone. The
 * whole frame is rejected where it is not JSON in strict UTF-8, where a field of the frame itself
 * cannot be used, and where it exceeds a limit: 16 MiB, 100,000 actions, 64 levels of nesting, 4
 * KiB for a field's name. A text field holds at most 64 KiB of UTF-8; a time lies between the years
 * 2000 and 9999, 0 being absent.
 */
public final class EventDecoder {

  private static final int LONGEST_FRAME = 16 << 20;
  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 4096;

  private final Learnt learnt = new Learnt();
  private final JsonFactory json =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(LONGEST_NAME)
                  .maxStringLength(LONGEST_FRAME)
                  .maxNumberLength(LONGEST_FRAME)
                  .build())
          .build();

  /** {@return a decoder with the default limits} */
  public static EventDecoder create() {
    return new EventDecoder();
  }

  private EventDecoder() {}

  /**
   * {@return what the frame holds; never null}
   *
   * @param utf8 the frame's bytes
   */
  public DecodeResult decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length);
  }

  /**
   * {@return what the frame holds; never null}
   *
   * @param utf8 a buffer that holds the frame; it is not kept
   * @param offset where the frame begins
   * @param length how many bytes it has
   * @throws IndexOutOfBoundsException if the buffer does not hold that many bytes there
   */
  public DecodeResult decode(byte[] utf8, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, utf8.length);
    if (length > LONGEST_FRAME) {
      return Rejections.frameTooLong(length, LONGEST_FRAME);
    }
    DecodeResult result = read(utf8, offset, length);
    // After reading, when the bytes are in the processor's cache.
    int fault = Utf8.firstFault(utf8, offset, offset + length);
    return fault < 0 ? result : Rejections.encoding(utf8, fault, offset);
  }

  private DecodeResult read(byte[] utf8, int offset, int length) {
    PlainSource plain = new PlainSource(utf8, offset, offset + length, learnt.texts);
    DecodeResult result = read(plain);
    return plain.isLost() ? parse(utf8, offset, length) : result;
  }

  private DecodeResult read(PlainSource source) {
    try {
      return new FrameReader(source, learnt, new Faults()).read();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** As {@link #decode(byte[])}, with the JSON parser whatever form the frame has. */
  DecodeResult parse(byte[] utf8, int offset, int length) {
    int mark = Utf8.startsWithByteOrderMark(utf8, offset, offset + length) ? 3 : 0;
    try (JsonParser parser = json.createParser(utf8, offset + mark, length - mark)) {
      return parse(parser);
    } catch (IOException closing) {
      return Rejections.unreadable("the frame");
    }
  }

  private DecodeResult parse(JsonParser parser) {
    Faults faults = new Faults();
    ParsedSource source = new ParsedSource(parser, faults);
    try {
      return new FrameReader(source, learnt, faults).read();
    } catch (StreamConstraintsException tooMuch) {
      return parser.getParsingContext().getNestingDepth() > DEEPEST
          ? Rejections.nestedTooDeep(DEEPEST, source.place())
          : Rejections.nameTooLong(LONGEST_NAME, source.place());
    } catch (JsonProcessingException notJson) {
      return Rejections.malformed(notJson, source.place());
    } catch (IOException | RuntimeException parserFailed) {
      return Rejections.unreadable(source.place());
    }
  }
}
