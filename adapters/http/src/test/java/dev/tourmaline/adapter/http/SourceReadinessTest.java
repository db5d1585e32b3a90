package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.engine.source.EventSource;
import dev.tourmaline.engine.source.FrameReceiver;
import dev.tourmaline.engine.source.SourceListener;
import dev.tourmaline.engine.source.SourceState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceReadinessTest {

  private final SourceReadiness readiness = SourceReadiness.create();
  private final EventSource first = new Source("a", "prod_a");
  private final EventSource second = new Source("b", "prod_b");

  @Test
  void aHostIsReadyBeforeItsStreamsAreOpenAndAfter() {
    assertThat(readiness.get()).isEqualTo(Readiness.yes());
    enters(first, new SourceState.Connecting(1));
    assertThat(readiness.get()).isEqualTo(Readiness.yes());
    enters(first, new SourceState.Open());
    assertThat(readiness.get()).isEqualTo(Readiness.yes());
  }

  @Test
  void aLostStreamIsARemarkUntilItIsOpenAgain() {
    enters(first, new SourceState.Lost("503", Duration.ofSeconds(1)));
    assertThat(readiness.get()).isEqualTo(Readiness.yes("stream of prod_a is lost: 503"));
    enters(first, new SourceState.Open());
    assertThat(readiness.get()).isEqualTo(Readiness.yes());
  }

  @Test
  void aStreamThatEndedForGoodMakesItUnready() {
    enters(second, new SourceState.Fatal("401", "Check the token."));
    enters(first, new SourceState.Lost("503", Duration.ofSeconds(1)));
    assertThat(readiness.get())
        .isEqualTo(Readiness.no("stream of prod_b has ended for good: 401. Check the token."));
  }

  @Test
  void twoSourcesOfOneProductAreToldApart() {
    enters(new Source("one", "prod_a"), new SourceState.Fatal("401", "Check the token."));
    enters(new Source("two", "prod_a"), new SourceState.Open());
    assertThat(readiness.get().ready()).isFalse();
  }

  @Test
  void everyEndedStreamIsNamedInOrder() {
    enters(second, new SourceState.Fatal("404", "Check its address."));
    enters(first, new SourceState.Fatal("401", "Check its token."));
    assertThat(readiness.get().reason())
        .isEqualTo(
            "stream of prod_a has ended for good: 401. Check its token.; "
                + "stream of prod_b has ended for good: 404. Check its address.");
  }

  private void enters(EventSource source, SourceState state) {
    readiness.sourceStateChanged(source, state);
  }

  private static final class Source implements EventSource {

    private final String name;
    private final String productId;

    Source(String name, String productId) {
      this.name = name;
      this.productId = productId;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String productId() {
      return productId;
    }

    @Override
    public void start(FrameReceiver frames, SourceListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
