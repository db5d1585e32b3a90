package dev.tourmaline.engine.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.session.SessionKey;
import dev.tourmaline.engine.trigger.Offer;
import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedTriggerFileTest {

  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  @TempDir Path root;

  private Path folder;
  private Path file;
  private Path old;
  private JsonLinesSink sink;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectory(root.resolve("logs"));
    file = folder.resolve("triggers.jsonl");
    old = folder.resolve("triggers.jsonl.1");
    sink = JsonLinesSink.appendingTo(file);
    deliver("t1");
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void aRenamedFileIsWrittenToNoLonger() throws IOException {
    Files.move(file, old);
    deliver("t2");
    assertThat(Files.readAllLines(old)).singleElement().asString().contains("t1");
    assertThat(Files.readAllLines(file)).singleElement().asString().contains("t2");
  }

  @Test
  void theFileThatRotationMadeIsWrittenTo() throws IOException {
    Files.move(file, old);
    Files.writeString(file, "{\"half");
    deliver("t2");
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("t2");
  }

  @Test
  void aRemovedFileIsMadeAnew() throws IOException {
    Files.delete(file);
    deliver("t2");
    assertThat(Files.readAllLines(file)).singleElement().asString().contains("t2");
  }

  @Test
  void aTruncatedFileIsGoneOnWith() throws IOException {
    Files.copy(file, old);
    Files.write(file, new byte[0]);
    deliver("t2");
    assertThat(Files.readAllLines(file)).singleElement().asString().contains("t2");
  }

  @Test
  void aFolderThatIsGoneForAWhileCostsNoTrigger() throws IOException {
    Path away = root.resolve("away");
    Files.move(folder, away);
    assertThat(answer("t2"))
        .isInstanceOfSatisfying(
            Delivery.Retry.class,
            retry ->
                assertThat(retry.why())
                    .isEqualTo("cannot write to " + file + ": NoSuchFileException"));
    Files.move(away, folder);
    deliver("t2");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void whatAnInterruptedThreadClosedIsOpenedAgain() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(answer("t2")).isInstanceOf(Delivery.Retry.class);
    assertThat(Thread.interrupted()).isTrue();
    deliver("t2");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aClosedSinkStaysClosed() {
    sink.close();
    assertThat(answer("t2")).isInstanceOf(Delivery.Retry.class);
  }

  private void deliver(String id) {
    assertThat(answer(id)).isInstanceOf(Delivery.Delivered.class);
  }

  private Delivery answer(String id) {
    SessionKey key = new SessionKey("prod_abc", "ps_1");
    Offer offer = new Offer(id, key, "u", "Billing", "tour_billing", 50, 0, "seen", AT);
    return sink.deliver(
            TourTrigger.ofRule(offer, AT), () -> CompletableFuture.completedStage(Optional.empty()))
        .toCompletableFuture()
        .join();
  }
}
