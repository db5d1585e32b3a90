package dev.tourmaline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tourmaline.adapter.http.SessionTokens;
import dev.tourmaline.daemon.config.Secret;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RotatingTokensTest {

  private final AtomicReference<String> secret =
      new AtomicReference<>("0123456789abcdef0123456789abcdef");
  private final RotatingTokens tokens = new RotatingTokens(List.of(Secret.of(secret::get)));

  @Test
  void tokensAreMadeAnewOnlyWhenASecretHasChanged() {
    SessionTokens first = tokens.get();
    assertThat(tokens.get()).isSameAs(first);
    secret.set("fedcba9876543210fedcba9876543210");
    SessionTokens second = tokens.get();
    assertThat(second).isNotSameAs(first);
    assertThat(tokens.get()).isSameAs(second);
  }

  @Test
  void aSecretThatBecameUnusableLeavesTheTokensAsTheyWere() {
    SessionTokens first = tokens.get();
    secret.set("short");
    assertThat(tokens.get()).isSameAs(first);
  }
}
