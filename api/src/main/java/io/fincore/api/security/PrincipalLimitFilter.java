package io.fincore.api.security;

import io.fincore.api.limits.ClientLimits;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes each request of an authenticated caller from the caller's limits, those included that their scopes do not allow. */
final class PrincipalLimitFilter extends OncePerRequestFilter {

    private final ClientLimits limits;

    PrincipalLimitFilter(ClientLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = CallerResolver.current();
        if (caller.isPresent()) {
            limits.take(
                    request,
                    response,
                    List.of(caller.get().tenant(), caller.get().principal()));
        }
        chain.doFilter(request, response);
    }
}
