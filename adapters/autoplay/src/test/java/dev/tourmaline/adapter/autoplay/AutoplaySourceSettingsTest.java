package dev.tourmaline.adapter.autoplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.engine.source.SourceState.Lost;
import dev.tourmaline.engine.source.SourceState.Open;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a source is told when it is built. */
class AutoplaySourceSettingsTest {

  private final Harness harness = Harness.create();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void takesTheTokenAnewForEachConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    harness.server.enqueue(StreamServer.status(500));
    harness
        .allowPauses(1)
        .start(
            AutoplaySource.builder(
                    "prod_abc",
                    harness.server.url(),
                    () -> "token_" + asked.incrementAndGet() + "\n")
                .sleeper((closed, length) -> {}))
        .awaitState(Open.class);

    assertThat(harness.server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("Bearer token_1");
    assertThat(harness.server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo("Bearer token_2");
  }

  @Test
  void aTokenThatCannotBeReadIsTriedAgain() {
    AtomicInteger asked = new AtomicInteger();
    harness
        .start(
            AutoplaySource.builder(
                    "prod_abc",
                    harness.server.url(),
                    () -> {
                      if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("secret path");
                      }
                      return Harness.TOKEN;
                    })
                .sleeper((closed, length) -> {}))
        .awaitState(Open.class);

    assertThat(harness.awaitState(Lost.class).why())
        .contains("token cannot be read")
        .doesNotContain("secret path");
  }

  @Test
  void everyWrongSettingIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                AutoplaySource.builder(" ", "ftp://host", "t")
                    .silence(Duration.ZERO)
                    .connectTimeout(Duration.ofDays(2))
                    .backoff(Duration.ofSeconds(5), Duration.ofSeconds(1))
                    .maxEventBytes(10)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "productId is blank",
            "url is 'ftp://host'",
            "silence is PT0S",
            "connectTimeout is PT48H",
            "first is PT5S",
            "maxEventBytes is 10");
  }

  @Test
  void anAddressWithCredentialsIsRefusedAndNotShown() {
    for (String url : List.of("http://user:pass@host/stream", "user:pass@host")) {
      assertThatThrownBy(() -> AutoplaySource.builder("prod_abc", url, "t").build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("pass@");
    }
  }
}
