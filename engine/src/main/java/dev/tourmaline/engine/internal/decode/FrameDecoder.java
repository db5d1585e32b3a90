package dev.tourmaline.engine.internal.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.tourmaline.engine.event.DecodeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A streaming decoder of two tiers: a frame in the plain form that connectors write is read from
 * its bytes directly, in half the time; any other is read again by Jackson's streaming parser,
 * which also words what is wrong. Both give the same result for every frame that both read.
 * Thread-safe.
 */
public final class FrameDecoder {

  /** The most bytes of a frame. */
  public static final int LONGEST_FRAME = 16 << 20;

  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 4096;

  private final DecoderCaches caches = new DecoderCaches();
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

  /**
   * {@return what the frame holds; never null}
   *
   * @throws IndexOutOfBoundsException if the buffer does not hold that many bytes there
   */
  public DecodeResult decode(byte[] utf8, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, utf8.length);
    if (length > LONGEST_FRAME) {
      return tooLong(length);
    }
    DecodeResult result = read(utf8, offset, length);
    // Validated after reading, when the bytes are in the processor's cache.
    int fault = Utf8.firstFault(utf8, offset, offset + length);
    return fault < 0 ? result : Rejections.encoding(utf8, fault, offset);
  }

  /** {@return the rejection of a frame that has more bytes than {@link #LONGEST_FRAME}} */
  public static DecodeResult.Rejected tooLong(long bytes) {
    return Rejections.frameTooLong(bytes, LONGEST_FRAME);
  }

  private DecodeResult read(byte[] utf8, int offset, int length) {
    FastFieldReader fast = new FastFieldReader(utf8, offset, offset + length, caches.texts);
    DecodeResult result = read(fast);
    return fast.fellBack() ? parse(utf8, offset, length) : result;
  }

  private DecodeResult read(FastFieldReader source) {
    try {
      return new FrameReader(source, caches, new Faults()).read();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** As {@link #decode}, with the JSON parser whatever form the frame has. */
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
    JacksonFieldReader source = new JacksonFieldReader(parser, faults);
    try {
      return new FrameReader(source, caches, faults).read();
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
