package io.fincore.api.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Catches what filters throw, security's among them, before the container would make a page of it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class ProblemFilter extends OncePerRequestFilter {

    /** The request attribute that holds what went wrong while an answer was sent. */
    static final String BROKEN_OFF = ProblemFilter.class.getName() + ".BROKEN_OFF";

    private final ProblemWriter writer;

    ProblemFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException thrown) {
            if (response.isCommitted()) {
                throw thrown;
            }
            writer.write(ProblemHandler.translate(thrown), thrown, request, response);
        }
        if (request.getAttribute(BROKEN_OFF) instanceof Exception cause) {
            // The container closes the connection then, so that the client does not take for whole what it got.
            throw new ServletException("an answer broke off", cause);
        }
    }
}
