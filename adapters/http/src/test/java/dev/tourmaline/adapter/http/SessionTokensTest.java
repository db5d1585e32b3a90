package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tourmaline.adapter.contract.FakeClock;
import dev.tourmaline.adapter.http.SessionTokens.Verification;
import dev.tourmaline.engine.session.SessionKey;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTokensTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String OLD_SECRET = "an older secret, just as long....";
  private static final SessionKey SESSION = new SessionKey("prod_abc", "ps_1");
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeClock clock = FakeClock.create();
  private final SessionTokens tokens = SessionTokens.builder().secret(SECRET).clock(clock).build();

  @Test
  void anIssuedTokenOpensItsSessionUntilItExpires() {
    String token = tokens.issueForSession(SESSION, HOUR);

    assertThat(tokens.verify(token))
        .isEqualTo(
            new Verification.Accepted(
                new SessionToken("prod_abc", "ps_1", "", clock.instant().plus(HOUR))));
    clock.advance(HOUR);
    assertThat(tokens.verify(token))
        .isEqualTo(
            new Verification.Expired(new SessionToken("prod_abc", "ps_1", "", clock.instant())));
    clock.advance(Duration.ofHours(24));
    assertThat(tokens.verify(token)).isEqualTo(refused("the token has expired"));
  }

  @Test
  void aUsersTokenNamesTheUserAndNoSession() {
    assertThat(tokens.verify(tokens.issueForUser("prod_abc", "user_1", HOUR)))
        .isEqualTo(
            new Verification.Accepted(
                new SessionToken("prod_abc", "", "user_1", clock.instant().plus(HOUR))));
  }

  @Test
  void whileSecretsRotateTokensOfBothAreAcceptedAndTheFirstSigns() {
    SessionTokens old = SessionTokens.builder().secret(OLD_SECRET).clock(clock).build();
    SessionTokens both =
        SessionTokens.builder().secret(SECRET).secret(OLD_SECRET).clock(clock).build();

    assertThat(both.verify(old.issueForSession(SESSION, HOUR))).isInstanceOf(accepted());
    assertThat(both.verify(tokens.issueForSession(SESSION, HOUR))).isInstanceOf(accepted());
    assertThat(tokens.verify(both.issueForSession(SESSION, HOUR))).isInstanceOf(accepted());
    assertThat(tokens.verify(old.issueForSession(SESSION, HOUR)))
        .isEqualTo(refused("the token's signature does not match"));
  }

  @Test
  void whatIsNoSignedTokenIsRefused() {
    String token = tokens.issueForSession(SESSION, HOUR);

    assertThat(tokens.verify("")).isEqualTo(refused("a session token is missing"));
    for (String bad : new String[] {"x", "a.b.c", "...", token + "x", "é.é.é", token + ".x"}) {
      assertThat(tokens.verify(bad)).as(bad).isInstanceOf(Verification.Refused.class);
    }
    assertThat(tokens.verify("x".repeat(100_000))).isInstanceOf(Verification.Refused.class);
    assertThat(tokens.verify(new PlainJWT(good().build()).serialize()))
        .as("alg none")
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void anotherAlgorithmIsRefusedThoughTheSecretIsRight() throws JOSEException {
    String longSecret = SECRET.repeat(2);
    SessionTokens known = SessionTokens.builder().secret(longSecret).clock(clock).build();

    assertThat(known.verify(sign(good().build(), JWSAlgorithm.HS512, longSecret)))
        .isEqualTo(refused("the token must be signed with HS256"));
  }

  @Test
  void everyClaimThatIsNeededIsAskedFor() throws JOSEException {
    assertThat(verify(good())).isInstanceOf(accepted());
    assertThat(verify(good().audience("another")))
        .isEqualTo(refused("the token's aud must be \"tourmaline\""));
    assertThat(verify(good().claim("product", null)))
        .isEqualTo(refused("the token's product is missing"));
    assertThat(verify(good().claim("product", 7)))
        .isEqualTo(refused("the token's product is missing"));
    assertThat(verify(good().claim("session", null)))
        .isEqualTo(refused("the token must hold session or sub"));
    assertThat(verify(good().expirationTime(null)))
        .isEqualTo(refused("the token's exp is missing"));
    assertThat(verify(good().expirationTime(in(HOUR.plusMinutes(2)))))
        .isEqualTo(refused("the token's exp must be at most one hour ahead"));
    assertThat(verify(good().notBeforeTime(in(Duration.ofMinutes(5)))))
        .isEqualTo(refused("the token is not valid yet"));
  }

  @Test
  void aTokenWithAnOverlongIdIsRefused() throws JOSEException {
    Verification refused =
        refused("the token's product, session and sub must have at most 512 characters");
    for (String claim : List.of("product", "session", "sub")) {
      assertThat(verify(good().claim(claim, "i".repeat(512)))).isInstanceOf(accepted());
      assertThat(verify(good().claim(claim, "i".repeat(513)))).isEqualTo(refused);
    }
  }

  @Test
  void aTokenOpensExactlyTheSessionThatWasSigned() throws JOSEException {
    Verification verification = verify(good().claim("session", " ps_1 "));

    SessionToken token = ((Verification.Accepted) verification).token();
    assertThat(token.opens(" ps_1 ")).isTrue();
    assertThat(token.opens("ps_1")).isFalse();
    assertThat(verify(good().claim("product", " prod_abc ")))
        .isInstanceOfSatisfying(
            accepted(), good -> assertThat(good.token().productId()).isEqualTo(" prod_abc "));
    assertThat(verify(good().claim("session", null).subject(" ada")))
        .isInstanceOfSatisfying(
            accepted(), good -> assertThat(good.token().user()).isEqualTo(" ada"));
  }

  @Test
  void aBlankClaimIsAMissingOne() throws JOSEException {
    assertThat(verify(good().claim("session", " ").subject("\t")))
        .isEqualTo(refused("the token must hold session or sub"));
    assertThat(verify(good().claim("product", " ")))
        .isEqualTo(refused("the token's product is missing"));
    assertThat(verify(good().claim("session", " ").subject("ada")))
        .isInstanceOfSatisfying(
            accepted(), good -> assertThat(good.token().namesSession()).isFalse());
  }

  @Test
  void theClocksOfIssuerAndVerifierMayDifferByAMinute() throws JOSEException {
    assertThat(verify(good().expirationTime(in(HOUR.plusSeconds(60))))).isInstanceOf(accepted());
    assertThat(verify(good().expirationTime(in(HOUR.plusSeconds(61)))))
        .isInstanceOf(Verification.Refused.class);
    assertThat(verify(good().notBeforeTime(in(Duration.ofSeconds(60))))).isInstanceOf(accepted());
    assertThat(verify(good().notBeforeTime(in(Duration.ofSeconds(61)))))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void aTokenThatIsTooLongIsNotLookedAt() throws JOSEException {
    assertThat(verify(good().claim("more", "x".repeat(5_000)))).isInstanceOf(accepted());
    assertThat(verify(good().claim("more", "x".repeat(7_000))))
        .isEqualTo(refused("the token is longer than 8192 characters"));
  }

  @Test
  void aTokenIsIssuedForMoreThanNothingAndAtMostAnHour() {
    for (Duration wrong : List.of(HOUR.plusSeconds(1), Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.issueForSession(SESSION, wrong))
          .withMessage("validity is %s, it must be more than zero and at most one hour", wrong);
    }
  }

  @Test
  void aUsersTokenIsNotIssuedForNobodyOrNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.issueForUser(" ", "ada", HOUR));
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.issueForUser("p", " ", HOUR));
  }

  @Test
  void secretsThatAreTooShortAreNamedByNumberAndNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionTokens.builder().secret("hush").secret(SECRET).build())
        .withMessage("secret 1 is 4 bytes long, it must be at least 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionTokens.of(SECRET.substring(1)))
        .withMessage("secret 1 is 31 bytes long, it must be at least 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionTokens.builder().build())
        .withMessage("there is no secret, there must be at least one");
  }

  @Test
  void neitherSecretNorUserIsShownAsText() {
    assertThat(tokens.toString()).doesNotContain(SECRET);
    assertThat(new SessionToken("p", "", "ada@example.com", clock.instant()).toString())
        .doesNotContain("ada");
  }

  private Verification verify(JWTClaimsSet.Builder claims) throws JOSEException {
    return tokens.verify(sign(claims.build(), JWSAlgorithm.HS256, SECRET));
  }

  private static String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, String secret)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }

  private JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder()
        .audience("tourmaline")
        .claim("product", "prod_abc")
        .claim("session", "ps_1")
        .expirationTime(in(HOUR));
  }

  private Date in(Duration ahead) {
    return Date.from(clock.instant().plus(ahead));
  }

  private static Class<Verification.Accepted> accepted() {
    return Verification.Accepted.class;
  }

  private static Verification refused(String why) {
    return new Verification.Refused(why);
  }
}
