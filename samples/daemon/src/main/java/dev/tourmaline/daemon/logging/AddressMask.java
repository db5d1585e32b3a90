package dev.tourmaline.daemon.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes e-mail addresses out of every line: a user's id may be one, and so may a title that a
 * rule's own exception or reason quotes.
 */
final class AddressMask extends EncoderBase<ILoggingEvent> {

  private static final Pattern ADDRESS =
      Pattern.compile("[\\p{L}\\p{N}._%+-]++@(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}");

  private final Encoder<ILoggingEvent> lines;

  AddressMask(Encoder<ILoggingEvent> lines) {
    this.lines = lines;
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] line = lines.encode(event);
    for (byte b : line) {
      if (b == '@') {
        String masked =
            ADDRESS.matcher(new String(line, StandardCharsets.UTF_8)).replaceAll("***@***");
        return masked.getBytes(StandardCharsets.UTF_8);
      }
    }
    return line;
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }
}
