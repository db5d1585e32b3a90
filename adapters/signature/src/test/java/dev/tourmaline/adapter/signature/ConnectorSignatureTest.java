package dev.tourmaline.adapter.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorSignatureTest {

  private static final byte[] BODY = "what do ya want for nothing?".getBytes(UTF_8);
  private static final String RFC_4231 =
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private final ConnectorSignature signature = ConnectorSignature.of("Jefe");

  @Test
  void signsTheSecondTestCaseOfRfc4231() {
    assertThat(signature.sign(BODY)).isEqualTo(RFC_4231);
  }

  @Test
  void whatItSignsItVerifies() {
    assertThat(signature.verify(BODY, signature.sign(BODY))).isTrue();
  }

  @Test
  void upperCaseHexVerifiesToo() {
    String upper = "sha256=" + RFC_4231.substring(7).toUpperCase(Locale.ROOT);
    assertThat(signature.verify(BODY, upper)).isTrue();
  }

  @Test
  void oneChangedByteOfTheBodyIsNotVerified() {
    byte[] changed = BODY.clone();
    changed[3] ^= 1;
    assertThat(signature.verify(changed, RFC_4231)).isFalse();
  }

  @Test
  void eachChangedDigitOfTheSignatureIsNotVerified() {
    for (int i = 7; i < RFC_4231.length(); i++) {
      char other = RFC_4231.charAt(i) == '0' ? '1' : '0';
      String changed = RFC_4231.substring(0, i) + other + RFC_4231.substring(i + 1);
      assertThat(signature.verify(BODY, changed)).as("digit %d", i).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38433",
        "sha256=zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "sha256=\u0665bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      })
  void aMalformedSignatureIsNotVerifiedAndIsNoError(String header) {
    assertThat(signature.verify(BODY, header)).isFalse();
  }

  @Test
  void whileSecretsRotateTheFirstSignsAndBothVerify() {
    ConnectorSignature rotating = ConnectorSignature.of("new", "Jefe");

    assertThat(rotating.sign(BODY)).isEqualTo(ConnectorSignature.of("new").sign(BODY));
    assertThat(rotating.verify(BODY, RFC_4231)).isTrue();
    assertThat(rotating.verify(BODY, ConnectorSignature.of("new").sign(BODY))).isTrue();
    assertThat(rotating.verify(BODY, ConnectorSignature.of("old").sign(BODY))).isFalse();
  }

  @Test
  void secretsThatChangeAreReadAtEachUse() {
    List<String> secrets = new ArrayList<>(List.of("Jefe"));
    ConnectorSignature changing = ConnectorSignature.of(() -> List.copyOf(secrets));
    assertThat(changing.verify(BODY, RFC_4231)).isTrue();

    secrets.set(0, "other");

    assertThat(changing.verify(BODY, RFC_4231)).isFalse();
  }

  @Test
  void withoutAnySecretNothingVerifiesAndNothingIsSigned() {
    ConnectorSignature empty = ConnectorSignature.of(() -> List.of(" "));

    assertThat(empty.verify(BODY, RFC_4231)).isFalse();
    assertThat(empty.verify(BODY, "")).isFalse();
    assertThatThrownBy(() -> empty.sign(BODY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBlankSecretIsRefusedAndNamedByItsPlace() {
    assertThatThrownBy(() -> ConnectorSignature.of("Jefe", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret 2 of 2")
        .hasMessageNotContaining("Jefe");
    assertThatThrownBy(ConnectorSignature::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSecretIsNotInItsText() {
    assertThat(signature.toString()).doesNotContain("Jefe");
  }
}
