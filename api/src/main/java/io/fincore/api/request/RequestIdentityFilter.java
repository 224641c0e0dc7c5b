package io.fincore.api.request;

import io.fincore.api.security.Routes;
import io.fincore.money.IdType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Names the request: in its response, in every log line it causes, and in {@linkplain RequestLog one line of its own}. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10) // after the server's span is opened, so that the line carries its trace id
final class RequestIdentityFilter extends OncePerRequestFilter {

    /** What may stand in a log line, a header and a search attribute without harm. */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}");

    private final RequestLog log;

    RequestIdentityFilter(Routes routes) {
        this.log = new RequestLog(routes);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String requestId = IdType.REQUEST.next();
        String correlationId = wellFormed(request.getHeader("Correlation-Id"), requestId);
        RequestIdentity identity = new RequestIdentity(requestId, correlationId, request.getRequestURI());
        identity.bind(request);
        response.setHeader("Request-Id", requestId);
        response.setHeader("Correlation-Id", correlationId);
        SafeHeaders.add(request, response);
        long startedNanos = System.nanoTime();
        MDC.put("correlation_id", correlationId);
        MDC.put("request_id", requestId);
        Exception thrown = null;
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | IOException | ServletException failure) {
            thrown = failure;
            throw failure;
        } finally {
            // Not before: an answer that must not be stored gets no ETag of its representation.
            if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
                response.setHeader(HttpHeaders.CACHE_CONTROL, SafeHeaders.CACHE_CONTROL);
            }
            log.write(request, identity, response.getStatus(), (System.nanoTime() - startedNanos) / 1_000_000, thrown);
            MDC.remove("correlation_id");
            MDC.remove("request_id");
        }
    }

    private static String wellFormed(@Nullable String offered, String otherwise) {
        return offered != null && WELL_FORMED.matcher(offered).matches() ? offered : otherwise;
    }
}
