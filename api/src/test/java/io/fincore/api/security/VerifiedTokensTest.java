package io.fincore.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class VerifiedTokensTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static RSAKey key;

    private final SettableClock clock = new SettableClock();
    private int verified;
    private final VerifiedTokens tokens = tokens();

    private static final class SettableClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeAll
    static void makeKey() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
    }

    private VerifiedTokens tokens() {
        JwtTimestampValidator time = new JwtTimestampValidator(Duration.ZERO);
        time.setClock(clock);
        OAuth2TokenValidator<Jwt> claims = new DelegatingOAuth2TokenValidator<>(
                time, new JwtClaimValidator<List<String>>("aud", audience -> audience.contains("us")));
        NimbusJwtDecoder decoder;
        try {
            decoder = NimbusJwtDecoder.withPublicKey(key.toRSAPublicKey()).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        decoder.setJwtValidator(claims);
        return new VerifiedTokens(
                token -> {
                    verified++;
                    return decoder.decode(token);
                },
                claims,
                () -> Duration.between(START, clock.now).toNanos());
    }

    private static String token(String audience, String subject, Instant expiry) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                new JWTClaimsSet.Builder()
                        .audience(audience)
                        .subject(subject)
                        .expirationTime(Date.from(expiry))
                        .build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Test
    void verifiesATokenOnceAMinute() {
        String token = token("us", "ada", START.plusSeconds(3_600));

        assertThat(tokens.decode(token).getSubject()).isEqualTo("ada");
        assertThat(tokens.decode(token).getSubject()).isEqualTo("ada");
        assertThat(verified).isOne();

        clock.now = START.plus(VerifiedTokens.MOST_AGE);
        assertThat(tokens.decode(token).getSubject()).isEqualTo("ada");
        assertThat(verified).isEqualTo(2);
    }

    @Test
    void refusesAKnownTokenFromItsExpiryOn() {
        String token = token("us", "ada", START.plusSeconds(10));
        tokens.decode(token);

        clock.now = START.plusSeconds(11);

        assertThatThrownBy(() -> tokens.decode(token))
                .isInstanceOf(BadJwtException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void takesNoOtherTokenForAKnownOne() {
        String known = token("us", "ada", START.plusSeconds(3_600));
        String[] parts = known.split("\\.", -1);
        String another = token("us", "eve", START.plusSeconds(3_600));
        tokens.decode(known);

        String othersClaims = parts[0] + "." + another.split("\\.", -1)[1] + "." + parts[2];
        String withoutSignature = parts[0] + "." + parts[1] + ".";

        for (String forged : List.of(othersClaims, withoutSignature, known + "A")) {
            assertThatThrownBy(() -> tokens.decode(forged)).as(forged).isInstanceOf(BadJwtException.class);
        }
        assertThat(tokens.decode(another).getSubject()).isEqualTo("eve");
    }

    @Test
    void refusesATokenForOthersEachTime() {
        String token = token("them", "ada", START.plusSeconds(3_600));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(BadJwtException.class);
        }
        assertThat(verified).isEqualTo(2);
    }

    @Test
    void forgetsRatherThanGrows() {
        List<String> many = IntStream.rangeClosed(0, VerifiedTokens.MOST)
                .mapToObj(number -> token("us", "user " + number, START.plusSeconds(3_600)))
                .toList();
        many.forEach(tokens::decode);
        assertThat(verified).isEqualTo(VerifiedTokens.MOST + 1);

        many.forEach(tokens::decode);

        assertThat(verified).isGreaterThan(VerifiedTokens.MOST + 1);
    }
}
