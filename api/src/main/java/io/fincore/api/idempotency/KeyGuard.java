package io.fincore.api.idempotency;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.KeyUse;
import io.fincore.api.security.Routes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses orders without a key before their bodies are read, and several keys of one order: joined, they would look like another one. */
@Component
final class KeyGuard implements HandlerInterceptor, WebMvcConfigurer {

    private final Routes routes;

    KeyGuard(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // What the limits refuse is refused by them, whatever key it has.
        registry.addInterceptor(this).addPathPatterns("/v1/**").order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        KeyUse use = routes.find(request).map(route -> route.rule().key()).orElse(KeyUse.NONE);
        int keys = Collections.list(request.getHeaders("Idempotency-Key")).size();
        if (use == KeyUse.REQUIRED && keys == 0) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_MISSING, "Send an Idempotency-Key header with this request.");
        }
        if (use != KeyUse.NONE && keys > 1) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_INVALID, "Send one Idempotency-Key, not " + keys + ".");
        }
        return true;
    }
}
