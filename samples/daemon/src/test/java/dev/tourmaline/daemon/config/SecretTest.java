package dev.tourmaline.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SecretTest {

  private final AtomicReference<String> file = new AtomicReference<>("12345678");
  private final Secret secret = Secret.ofAtLeast(8, "http.publish_token[0]", file::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Secret.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void aTokenThatRotatesToOneByteIsRefusedAndTheOldOneGoesOn() {
    file.set("x");

    assertThat(secret.get()).isEqualTo("12345678");
    assertThat(secret.get()).isEqualTo("12345678");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "http.publish_token[0] has changed to 1 bytes, it must have at least 8; the one before"
                + " stays in use");
  }

  @Test
  void aTokenThatIsLongEnoughAgainIsTaken() {
    file.set("x");
    secret.get();
    file.set("87654321");

    assertThat(secret.get()).isEqualTo("87654321");
    file.set("x");
    assertThat(secret.get()).isEqualTo("87654321");
    assertThat(lines.list).as("said again").hasSize(2);
  }

  @Test
  void itsLengthIsThatOfItsBytes() {
    file.set("äöüß");

    assertThat(secret.get()).isEqualTo("äöüß");
  }
}
