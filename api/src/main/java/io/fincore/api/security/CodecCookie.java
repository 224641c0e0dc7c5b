package io.fincore.api.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.web.util.WebUtils;

/** A token that a browser keeps for the codec server alone: no script reads it, and no page of another site has it sent. */
public final class CodecCookie implements BearerTokenResolver {

    /** Apart from {@code admin}: who orders interventions need not see what all tenants' customers are called. */
    public static final String SCOPE = "payloads:decode";

    static final String ROUTES = "/v1/admin/codec";
    static final String DECODE = ROUTES + "/decode";

    private static final String NAME = "fincore-codec";

    private final BearerTokenResolver header = new DefaultBearerTokenResolver();

    /** As long as the token itself. */
    public static ResponseCookie of(Jwt token, boolean secure) {
        Instant expiry = Objects.requireNonNull(token.getExpiresAt(), "a verified token has one");
        return ResponseCookie.from(NAME, token.getTokenValue())
                .path(ROUTES)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .maxAge(Duration.between(Instant.now(), expiry))
                .build();
    }

    public static boolean mayDecode(Jwt token) {
        String scopes = token.getClaimAsString("scope");
        return scopes != null && List.of(scopes.split(" ")).contains(SCOPE);
    }

    /** The header's, or else the cookie's where payloads are decoded: one that has gone bad keeps nobody from signing in anew. */
    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String sent = header.resolve(request);
        if (sent != null || !request.getServletPath().equals(DECODE)) {
            return sent;
        }
        Cookie cookie = WebUtils.getCookie(request, NAME);
        return cookie == null ? null : cookie.getValue();
    }
}
