package io.fincore.api.limits;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what this process cannot take, before it looks at it: without a bound on what it works on, everything becomes slow at once. What
 * providers call back is let in by a gate of its own, whatever clients do, and so is who signs in; the management port has no gate.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 25) // inside ProblemFilter, which answers
final class AdmissionFilter extends OncePerRequestFilter {

    /** Open to strangers, and read before anybody can say whose it is: it takes no places of those who have a token. */
    private static final String SIGN_IN = "/v1/admin/codec/sign-in";

    private static final int SIGN_INS = 10;

    private final Entrance clients;
    private final Entrance signIns;
    private final Entrance callbacks;

    private record Entrance(Gate gate, Counter refused) {}

    AdmissionFilter(FincoreProperties properties, Refusals refusals, MeterRegistry meters) {
        FincoreProperties.Limits limits = properties.limits();
        this.clients = entrance(
                "concurrent", new Gate(limits.concurrent(), limits.queued(), limits.patience()), refusals, meters);
        this.signIns = entrance("sign-in", new Gate(SIGN_INS, limits.queued(), limits.patience()), refusals, meters);
        this.callbacks = entrance(
                "callbacks", new Gate(limits.callbacks(), limits.queued(), limits.patience()), refusals, meters);
    }

    private static Entrance entrance(String limit, Gate gate, Refusals refusals, MeterRegistry meters) {
        Gauge.builder("fincore.limits.inside", gate, Gate::inside)
                .description("Requests that this process works on")
                .tag("limit", limit)
                .register(meters);
        return new Entrance(gate, refusals.of(limit));
    }

    private Entrance entrance(String path) {
        if (path.startsWith("/v1/inbound/")) {
            return callbacks;
        }
        return path.equals(SIGN_IN) ? signIns : clients;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Entrance entrance = entrance(request.getServletPath());
        if (!entrance.gate().enter()) {
            entrance.refused().increment();
            throw new ProblemException(ProblemType.OVERLOADED, "There is more to do than can be done in time.");
        }
        try {
            chain.doFilter(request, response);
        } finally {
            entrance.gate().leave();
        }
    }
}
