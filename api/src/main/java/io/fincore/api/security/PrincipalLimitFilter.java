package io.fincore.api.security;

import io.fincore.api.limits.ClientLimits;
import io.fincore.api.limits.PrincipalPlaces;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes each request of an authenticated caller from the caller's limits, those included that their scopes do not allow, and keeps a place
 * of theirs until it is answered.
 */
final class PrincipalLimitFilter extends OncePerRequestFilter {

    private final ClientLimits limits;
    private final PrincipalPlaces places;

    PrincipalLimitFilter(ClientLimits limits, PrincipalPlaces places) {
        this.limits = limits;
        this.places = places;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = CallerResolver.current();
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        List<String> client = List.of(caller.get().tenant(), caller.get().principal());
        limits.take(request, response, client);
        places.enter(client);
        try {
            chain.doFilter(request, response);
        } finally {
            places.leave(client);
        }
    }
}
