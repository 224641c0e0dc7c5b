package io.fincore.api.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.fincore.api.limits.FailedTokens;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Looks for the issuer's keys when the first token comes, so that the API starts while the issuer is down. */
final class LazyJwtDecoder implements JwtDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(LazyJwtDecoder.class);

    /** Asymmetric only: {@code none} and HMAC would let the public key, or nobody's, sign. */
    private static final Set<SignatureAlgorithm> ALLOWED = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384);

    private final JwtDecoder decoder;

    LazyJwtDecoder(FincoreProperties.Security security, FailedTokens failures) {
        this.decoder = new SupplierJwtDecoder(() -> connect(security, failures));
    }

    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            throw bad;
        } catch (JwtDecoderInitializationException | JwtException unreachable) {
            LOG.warn("the token issuer's keys cannot be had: {}", unreachable.toString());
            throw new ProblemException(
                    ProblemType.SERVICE_UNAVAILABLE, "The token issuer is not reachable.", Duration.ofSeconds(2));
        }
    }

    private static JwtDecoder connect(FincoreProperties.Security security, FailedTokens failures) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(
                        security.issuer().toString())
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    algorithms.addAll(ALLOWED);
                })
                .build();
        OAuth2TokenValidator<Jwt> claims = new DelegatingOAuth2TokenValidator<>(validators(security));
        decoder.setJwtValidator(claims);
        return new VerifiedTokens(new CountedFailures(decoder, failures), claims, Ticker.systemTicker());
    }

    private static List<OAuth2TokenValidator<Jwt>> validators(FincoreProperties.Security security) {
        return List.of(
                new JwtTimestampValidator(),
                // The timestamp validator lets a token without expiry live for ever.
                new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null),
                new JwtIssuerValidator(security.issuer().toString()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(security.audience())),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, LazyJwtDecoder::isName),
                new JwtClaimValidator<String>("tenant", LazyJwtDecoder::isName));
    }

    private static boolean isName(@Nullable String claim) {
        return claim != null && !claim.isBlank() && claim.length() <= 200 && claim.indexOf('\0') < 0;
    }
}
