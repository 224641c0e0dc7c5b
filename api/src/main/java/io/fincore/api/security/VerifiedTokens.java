package io.fincore.api.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Remembers the tokens whose signatures were found good, by all their bytes: clients send one many times, and the signature takes longer
 * to verify than all else. What a token claims, its expiry above all, is looked at each time; its signature again after a minute, which
 * is less than the decoder keeps a key that its issuer has withdrawn.
 */
final class VerifiedTokens implements JwtDecoder {

    /** How long a signature stands. */
    static final Duration MOST_AGE = Duration.ofMinutes(1);

    /** Tokens of some kilobytes, in the memory of one process. */
    static final int MOST = 1_000;

    private record Verified(Jwt token, Instant until) {}

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> claims;
    private final Clock clock;
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();

    /**
     * @param decoder verifies signature and claims
     * @param claims the same that the decoder verifies
     */
    VerifiedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> claims, Clock clock) {
        this.decoder = decoder;
        this.claims = claims;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        Verified known = verified.get(token);
        if (known != null
                && clock.instant().isBefore(known.until())
                && !claims.validate(known.token()).hasErrors()) {
            return known.token();
        }
        verified.remove(token);
        // One that is refused is not remembered, and refused for its own reason.
        Jwt decoded = decoder.decode(token);
        if (verified.size() >= MOST) {
            verified.clear();
        }
        verified.put(token, new Verified(decoded, clock.instant().plus(MOST_AGE)));
        return decoded;
    }
}
