package io.fincore.api.security;

import io.fincore.api.request.RequestTrail;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Enforces {@link AccessRules}. What is at no route is open to whoever has a token: they are told that there is nothing. */
final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationDecision YES = new AuthorizationDecision(true);
    private static final AuthorizationDecision NO_TOKEN = new AuthorizationDecision(false);

    private final Routes routes;

    RouteAccess(Routes routes) {
        this.routes = routes;
    }

    @Override
    @SuppressWarnings("deprecation") // what the filter chain of this release calls
    public AuthorizationDecision check(Supplier<Authentication> who, RequestAuthorizationContext what) {
        Authentication caller = who.get();
        if (caller instanceof JwtAuthenticationToken token) {
            RequestTrail.actor(what.getRequest(), token.getName());
        }
        Optional<AccessRule> rule = routes.find(what.getRequest()).map(Route::rule);
        if (rule.isPresent() && rule.get().scope().isEmpty()) {
            return YES;
        }
        return caller instanceof JwtAuthenticationToken token
                ? rule.map(needed -> allows(token, needed)).orElse(YES)
                : NO_TOKEN;
    }

    private static AuthorizationDecision allows(Authentication token, AccessRule rule) {
        String scope = rule.scope().orElseThrow();
        if (!has(token, AccessRule.SCOPE_AUTHORITY, scope)) {
            return new Missing(scope, null);
        }
        Role role = rule.role().orElse(null);
        return role == null || has(token, Role.AUTHORITY, role.code()) ? YES : new Missing(scope, role);
    }

    private static boolean has(Authentication token, String kind, String name) {
        for (GrantedAuthority granted : token.getAuthorities()) {
            String authority = granted.getAuthority();
            if (authority.length() == kind.length() + name.length()
                    && authority.startsWith(kind)
                    && authority.endsWith(name)) {
                return true;
            }
        }
        return false;
    }
}
