package dev.tourmaline.adapter.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordingReceiverTest {

  @Test
  void aHeldFrameThatIsInterruptedIsNotKeptAndTheInterruptStands() {
    RecordingReceiver receiver = new RecordingReceiver();
    receiver.hold();
    Thread.currentThread().interrupt();

    receiver.receive("{}".getBytes(UTF_8));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(receiver.offered()).isEqualTo(1);
    assertThat(receiver.frames()).isEmpty();
  }

  @Test
  void letsThroughAsManyFramesAsItIsTold() {
    RecordingReceiver receiver = new RecordingReceiver();
    receiver.hold();
    receiver.letThrough(2);

    receiver.receive("1".getBytes(UTF_8));
    receiver.receive("2".getBytes(UTF_8));

    assertThat(receiver.frames()).containsExactly("1", "2");
  }
}
