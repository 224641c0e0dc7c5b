package io.fincore.api.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Reads the issuer's access tokens for us. One that is wrong is refused; one of which it cannot be told is 503, not 401. */
final class TokenDecoder implements JwtDecoder {

    /** Asymmetric only: {@code none} and HMAC would let nobody's key, or the public one, sign. */
    private static final Set<JWSAlgorithm> ALLOWED = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    /** Of an access token (RFC 9068, 2.1), or of one whose issuer does not tell them apart; an id token has another audience. */
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
            new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT, null);

    /** By which the issuer's clock and ours may differ. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final JwtDecoder decoder;

    /** @param guard around who looks at signatures, which costs most */
    TokenDecoder(
            FincoreProperties.Security security, JWKSource<SecurityContext> keys, UnaryOperator<JwtDecoder> guard) {
        DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
        signatures.setJWSTypeVerifier(TYPES);
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALLOWED, keys));
        // Claims are validated below, each time a token comes.
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder signed = new NimbusJwtDecoder(signatures);
        OAuth2TokenValidator<Jwt> claims = new DelegatingOAuth2TokenValidator<>(validators(security));
        signed.setJwtValidator(claims);
        this.decoder = new VerifiedTokens(guard.apply(signed), claims, Ticker.systemTicker());
    }

    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            throw bad;
        } catch (JwtException unreachable) {
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The token issuer is not reachable.");
        }
    }

    private static List<OAuth2TokenValidator<Jwt>> validators(FincoreProperties.Security security) {
        return List.of(
                new JwtTimestampValidator(CLOCK_SKEW),
                // The timestamp validator lets a token without expiry live for ever.
                new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null),
                new JwtIssuerValidator(security.issuer().toString()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(security.audience())),
                new JwtClaimValidator<>(JwtClaimNames.SUB, TokenDecoder::isName),
                new JwtClaimValidator<>("tenant", TokenDecoder::isName));
    }

    private static boolean isName(Object claim) {
        return claim instanceof String name && !name.isBlank() && name.length() <= 200 && name.indexOf('\0') < 0;
    }
}
