package io.fincore.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
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

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> claims;
    private final Cache<String, Jwt> verified;

    /**
     * @param decoder verifies signature and claims
     * @param claims the same that the decoder verifies
     */
    VerifiedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> claims, Ticker ticker) {
        this.decoder = decoder;
        this.claims = claims;
        this.verified = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(MOST_AGE)
                .ticker(ticker)
                // The bound holds when a token is put, not some time later.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = verified.getIfPresent(token);
        if (known != null && !claims.validate(known).hasErrors()) {
            return known;
        }
        verified.invalidate(token);
        // One that is refused is not remembered, and refused for its own reason.
        Jwt decoded = decoder.decode(token);
        verified.put(token, decoded);
        return decoded;
    }
}
