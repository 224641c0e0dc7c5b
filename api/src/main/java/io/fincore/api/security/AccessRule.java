package io.fincore.api.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * What one operation needs.
 *
 * @param path as its controller has it, with names in braces
 * @param neededScope what the client must have been granted; null if the operation takes no token, because its requests are signed
 * @param neededRole what the person must be besides; null if any will do
 * @param key whether a request has to come with an Idempotency-Key
 */
public record AccessRule(
        HttpMethod method,
        String path,
        @Nullable String neededScope,
        @Nullable Role neededRole,
        KeyUse key) {

    static final String SCOPE_AUTHORITY = "SCOPE_";

    /** What the client must have been granted; empty for signed requests, which take no token. */
    public Optional<String> scope() {
        return Optional.ofNullable(neededScope);
    }

    /** What the person must be besides. */
    public Optional<Role> role() {
        return Optional.ofNullable(neededRole);
    }

    AccessRule with(KeyUse other) {
        return new AccessRule(method, path, neededScope, neededRole, other);
    }
}
