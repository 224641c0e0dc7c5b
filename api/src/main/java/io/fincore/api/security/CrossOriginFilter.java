package io.fincore.api.security;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Spring's, but what it refuses is told by a problem instead of a line of text. */
final class CrossOriginFilter extends CorsFilter {

    CrossOriginFilter(CorsConfigurationSource rules) {
        super(rules);
        setCorsProcessor(new DefaultCorsProcessor() {
            @Override
            protected void rejectRequest(ServerHttpResponse response) {
                throw new ProblemException(ProblemType.ORIGIN_NOT_ALLOWED, "Pages of this origin may not do this.");
            }
        });
    }

    /** Without rules all preflights are refused. */
    static CrossOriginFilter withoutRules() {
        return new CrossOriginFilter(request -> null);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !CorsUtils.isCorsRequest(request);
    }
}
