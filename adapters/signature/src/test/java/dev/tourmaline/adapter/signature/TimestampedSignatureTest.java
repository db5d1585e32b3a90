package dev.tourmaline.adapter.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tourmaline.adapter.signature.TimestampedSignature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampedSignatureTest {

  private static final byte[] BODY =
      "{\"id\":\"whmsg_1\",\"object\":\"webhookMessage\"}".getBytes(UTF_8);
  private static final Instant SENT = Instant.ofEpochSecond(1_752_652_800);
  private static final String HEX =
      "153783454684e83f24a743b653fb3fb6c41dc90c0a54d122b2c207f4c93446a6";
  private static final String HEADER = "t=1752652800,v1=" + HEX;

  private final TimestampedSignature signature = TimestampedSignature.of("whsec_test");

  @Test
  void signsTheTestCaseOfUsertour() {
    assertThat(signature.sign(BODY, SENT)).isEqualTo(HEADER);
    assertThat(verify(HEADER)).isEqualTo(Verdict.VALID);
  }

  @Test
  void oneChangedByteOfTheBodyOrTheTimeIsWrong() {
    byte[] changed = BODY.clone();
    changed[3] ^= 1;
    assertThat(signature.verify(changed, HEADER, SENT)).isEqualTo(Verdict.WRONG);
    assertThat(verify(HEADER.replace("t=1752652800", "t=1752652801"))).isEqualTo(Verdict.WRONG);
    assertThat(verify(HEADER.replace("t=1752652800", "t=01752652800"))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void eachChangedDigitOfTheSignatureIsWrong() {
    for (int i = HEADER.length() - HEX.length(); i < HEADER.length(); i++) {
      char other = HEADER.charAt(i) == '0' ? '1' : '0';
      String changed = HEADER.substring(0, i) + other + HEADER.substring(i + 1);
      assertThat(verify(changed)).as("digit %d", i).isEqualTo(Verdict.WRONG);
    }
  }

  @Test
  void aSignatureHoldsForFiveMinutesEitherWay() {
    Duration longer = TimestampedSignature.TOLERANCE.plusSeconds(1);
    assertThat(at(SENT.plus(TimestampedSignature.TOLERANCE))).isEqualTo(Verdict.VALID);
    assertThat(at(SENT.plus(longer))).isEqualTo(Verdict.OUT_OF_TIME);
    assertThat(at(SENT.minus(TimestampedSignature.TOLERANCE))).isEqualTo(Verdict.VALID);
    assertThat(at(SENT.minus(longer))).isEqualTo(Verdict.OUT_OF_TIME);
  }

  @Test
  void oneOfSeveralSignaturesSufficesAndOtherKeysSayNothing() {
    String other = "0".repeat(64);
    assertThat(verify("t=1752652800, v1=" + other + ", v1=" + HEX)).isEqualTo(Verdict.VALID);
    assertThat(verify(HEADER + ",v0=" + other + ",x=")).isEqualTo(Verdict.VALID);
    assertThat(verify("t=1752652800,v0=" + HEX)).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "t=1752652800",
        "v1=" + HEX,
        "t=,v1=" + HEX,
        "t=-1,v1=" + HEX,
        "t=1752652800.0,v1=" + HEX,
        "t=9999999999999,v1=" + HEX,
        "t=1752652800,t=1752652800,v1=" + HEX,
        "t=,t=1752652800,v1=" + HEX,
        "t=1752652800,v1=" + HEX + ",",
        "T=1752652800,v1=" + HEX,
        "t=1752652800;v1=" + HEX,
        "sha256=" + HEX
      })
  void aHeaderOfAnotherFormIsMalformed(String header) {
    assertThat(verify(header)).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "zz", "153783454684e83f24a743b653fb3fb6c41dc90c0a54d122b2c207f4c93446a"})
  void aSignatureThatIsNoDigestIsWrong(String value) {
    assertThat(verify("t=1752652800,v1=" + value)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aHeaderOfManySignaturesIsNotEvenCompared() {
    String many = HEADER + (",v1=" + HEX).repeat(20);
    assertThat(verify(many)).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void bothSecretsVerifyWhileTheyRotateAndBlankOnesNever() {
    List<String> secrets = new ArrayList<>(List.of("whsec_new", "whsec_test"));
    TimestampedSignature rotating = TimestampedSignature.of(() -> secrets);
    assertThat(rotating.verify(BODY, HEADER, SENT)).isEqualTo(Verdict.VALID);
    secrets.remove("whsec_test");
    assertThat(rotating.verify(BODY, HEADER, SENT)).isEqualTo(Verdict.WRONG);
    secrets.set(0, " ");
    assertThat(
            rotating.verify(
                BODY, TimestampedSignature.of(() -> List.of("x")).sign(BODY, SENT), SENT))
        .isEqualTo(Verdict.WRONG);
    assertThatThrownBy(() -> rotating.sign(BODY, SENT)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> TimestampedSignature.of("a", ""))
        .hasMessage("secret 2 of 2 is blank, it must hold the sender's webhook secret");
  }

  @Test
  void itsTextHidesTheSecret() {
    assertThat(signature).hasToString("TimestampedSignature[secrets=***]");
  }

  private Verdict verify(String header) {
    return signature.verify(BODY, header, SENT);
  }

  private Verdict at(Instant now) {
    return signature.verify(BODY, HEADER, now);
  }
}
