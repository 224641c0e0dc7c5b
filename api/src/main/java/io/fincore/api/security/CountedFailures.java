package io.fincore.api.security;

import io.fincore.api.limits.FailedTokens;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Verifies no token for an address from which too many came that were not valid. */
final class CountedFailures implements JwtDecoder {

    private final JwtDecoder decoder;
    private final FailedTokens failures;

    CountedFailures(JwtDecoder decoder, FailedTokens failures) {
        this.decoder = decoder;
        this.failures = failures;
    }

    @Override
    public Jwt decode(String token) {
        ServletRequestAttributes current = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        failures.require(current.getRequest(), Objects.requireNonNull(current.getResponse()));
        try {
            return decoder.decode(token);
        } catch (BadJwtException bad) {
            failures.failed(current.getRequest());
            throw bad;
        }
    }
}
