package dev.tourmaline.adapter.autoplay;

import java.io.EOFException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Says of a fault what no upstream can have put into it: what OkHttp says of an answer that breaks
 * HTTP quotes the answer, which may be an event.
 */
final class ConnectionFault {

  private static final int LONGEST = 200;

  private ConnectionFault() {}

  /**
   * {@return why a connection ended, in one line}
   *
   * @param waiting what a wait for the server that took too long is called
   */
  static String explain(Throwable fault, AutoplayConfig config, String waiting) {
    if (fault instanceof SocketTimeoutException) {
      return String.valueOf(fault.getMessage()).contains("connect")
          ? "no connection within " + seconds(config.connectTimeout())
          : waiting + seconds(config.silence());
    }
    if (fault instanceof UnknownHostException) {
      return "host " + config.url().host() + " is unknown";
    }
    if (fault instanceof ProtocolException) {
      return "the answer breaks the rules of HTTP";
    }
    if (fault instanceof EOFException || fault.getCause() instanceof EOFException) {
      return "the connection ended amid an answer";
    }
    String name = fault.getClass().getSimpleName();
    // Their words are those of the operating system and of the JDK.
    boolean quotesNothing = fault instanceof SocketException || fault instanceof SSLException;
    String message = quotesNothing ? oneLine(String.valueOf(fault.getMessage())) : "";
    return message.isBlank() ? name : name + ": " + message;
  }

  /** {@return a throwable with the type and the stack of another, for the log} */
  static Throwable withoutMessage(Throwable fault) {
    Throwable shown = new IllegalStateException(fault.getClass().getName());
    shown.setStackTrace(fault.getStackTrace());
    return shown;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
