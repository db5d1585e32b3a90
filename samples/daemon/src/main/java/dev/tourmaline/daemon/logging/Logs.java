package dev.tourmaline.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/** Sets the log up. What is logged goes to standard error; standard output is for results. */
public final class Logs {

  private static final String OURS = "dev.tourmaline";
  private static final String DROOLS_COMPILER = "org.drools.compiler";

  private Logs() {}

  /** Logs warnings and errors only: for commands that end by themselves. */
  public static void quiet(LogFormat format, OutputStream out) {
    configure(format, out, Level.WARN);
  }

  /** Logs what a person who runs the program wants to know. */
  public static void informative(LogFormat format, OutputStream out) {
    configure(format, out, Level.INFO);
  }

  private static void configure(LogFormat format, OutputStream out, Level ours) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setName("standard error");
    appender.setEncoder(encoder(format, context));
    appender.setOutputStream(new StaysOpen(out));
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(OURS).setLevel(ours);
    // What its compiler says is about files that the engine makes up; authors get a report.
    context.getLogger(DROOLS_COMPILER).setLevel(Level.OFF);
  }

  private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
    Encoder<ILoggingEvent> encoder =
        format == LogFormat.JSON ? new JsonLineEncoder() : new TextLineEncoder();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /** The log is set up anew within a process; the stream below outlives it. */
  private static final class StaysOpen extends FilterOutputStream {

    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
