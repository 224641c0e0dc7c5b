package io.fincore.dev.issuer;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;

/**
 * Puts into a token what its request asks for: form parameters {@code principal}, {@code tenant}, {@code scope} and {@code roles}.
 */
final class RequestedClaims implements OAuth2TokenCallback {

    private static final String AUDIENCE = "fincore-api";
    private static final String DEFAULT_PRINCIPAL = "developer";
    private static final String DEFAULT_TENANT = "demo";
    private static final long EXPIRY_SECONDS = 3_600;

    private final String issuerId;

    RequestedClaims(String issuerId) {
        this.issuerId = issuerId;
    }

    @Override
    public String issuerId() {
        return issuerId;
    }

    @Override
    public String subject(TokenRequest request) {
        return parameter(request, "principal").orElse(DEFAULT_PRINCIPAL);
    }

    @Override
    public String typeHeader(TokenRequest request) {
        return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
        return List.of(AUDIENCE);
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("tenant", parameter(request, "tenant").orElse(DEFAULT_TENANT));
        // Without a scope the token has none: the API then answers 403, as a real issuer would make it.
        claims.put("scope", request.getScope() == null ? "" : request.getScope().toString());
        // The same with roles.
        claims.put(
                "roles",
                parameter(request, "roles")
                        .map(roles -> List.of(roles.split(" ")))
                        .orElse(List.of()));
        return claims;
    }

    @Override
    public long tokenExpiry() {
        return EXPIRY_SECONDS;
    }

    private static Optional<String> parameter(TokenRequest request, String name) {
        List<String> values = request.getCustomParameter(name);
        return values == null
                ? Optional.empty()
                : values.stream().filter(value -> !value.isBlank()).findFirst();
    }
}
