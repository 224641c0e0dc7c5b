package io.fincore.api.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;

/** Why a good token does not open a route. */
final class Missing extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    private final String scope;
    private final @Nullable Role role;

    /**
     * @param scope that the route needs
     * @param role that is missing though the scope is there; null if the scope is missing
     */
    Missing(String scope, @Nullable Role role) {
        super(false);
        this.scope = scope;
        this.role = role;
    }

    String scope() {
        return scope;
    }

    Optional<Role> role() {
        return Optional.ofNullable(role);
    }
}
