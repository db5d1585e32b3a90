package dev.tourmaline.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a visitor's token says of him, for the audiences of rules. */
class TokenAttributesTest extends ServerFixture {

  private static final String REFUSED =
      "the token's attributes must be an object of at most 50 texts, numbers and booleans, no name"
          + " and no text longer than 256 characters";

  @Test
  void aStreamClaimsTheAttributesOfItsToken() throws JOSEException {
    String token =
        token("sub", "ada", "attributes", Map.of("plan", "pro", "seats", 7, "beta", true));

    get(path(SESSION), "Authorization: Bearer " + token).awaitOpen();

    await()
        .untilAsserted(
            () ->
                assertThat(engine.claims)
                    .containsExactly(SESSION + " of ada: {beta=true, plan=pro, seats=7}"));
  }

  @Test
  void theZoneOfOpenIdConnectIsAnAttribute() throws JOSEException {
    String plain = token("session", "ps_1", "zoneinfo", "Europe/Berlin");
    String both =
        token(
            "session",
            "ps_1",
            "zoneinfo",
            "Europe/Berlin",
            "attributes",
            Map.of("zoneinfo", "Asia/Tokyo"));

    get(path(SESSION), "Authorization: Bearer " + plain).awaitOpen();
    get(path(SESSION), "Authorization: Bearer " + both).awaitOpen();

    await()
        .untilAsserted(
            () ->
                assertThat(engine.claims)
                    .containsExactly(
                        SESSION + " of : {zoneinfo=Europe/Berlin}",
                        SESSION + " of : {zoneinfo=Asia/Tokyo}"));
  }

  @Test
  void aTokenWithoutAttributesClaimsNothing() {
    open(SESSION);

    assertThat(engine.claims).isEmpty();
  }

  @Test
  void attributesOutOfBoundsMakeATokenRefused() throws JOSEException {
    assertThat(verified(ofSize(50))).isInstanceOf(SessionTokens.Verification.Accepted.class);
    assertThat(verified(Map.of("n".repeat(256), "t".repeat(256))))
        .isInstanceOf(SessionTokens.Verification.Accepted.class);
    List<Object> refused =
        List.of(
            ofSize(51),
            Map.of("n".repeat(257), 1),
            Map.of("plan", "t".repeat(257)),
            Map.of("plan", List.of("pro")),
            Map.of("plan", Map.of("name", "pro")),
            Collections.singletonMap("plan", null),
            List.of("pro"),
            "pro");
    for (Object attributes : refused) {
      assertThat(verified(attributes))
          .as("%s", attributes)
          .isEqualTo(new SessionTokens.Verification.Refused(REFUSED));
    }
  }

  @Test
  void aZoneThatIsNoShortTextMakesATokenRefused() throws JOSEException {
    for (Object zone : Arrays.asList(1, "z".repeat(257))) {
      assertThat(tokens.verify(token("session", "ps_1", "zoneinfo", zone)))
          .isEqualTo(
              new SessionTokens.Verification.Refused(
                  "the token's zoneinfo must be text of at most 256 characters"));
    }
  }

  private SessionTokens.Verification verified(Object attributes) throws JOSEException {
    return tokens.verify(token("session", "ps_1", "attributes", attributes));
  }

  private static Map<String, Integer> ofSize(int size) {
    return IntStream.range(0, size)
        .boxed()
        .collect(Collectors.toMap(i -> "a" + i, Function.identity()));
  }

  private String token(Object... claims) throws JOSEException {
    JWTClaimsSet.Builder set =
        new JWTClaimsSet.Builder()
            .audience("tourmaline")
            .claim("product", "prod_abc")
            .serializeNullClaims(true)
            .expirationTime(Date.from(clock.instant().plus(MINUTE)));
    for (int i = 0; i < claims.length; i += 2) {
      set.claim((String) claims[i], claims[i + 1]);
    }
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set.build());
    jwt.sign(new MACSigner(SECRET));
    return jwt.serialize();
  }
}
