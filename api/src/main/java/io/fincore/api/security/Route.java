package io.fincore.api.security;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One operation of the API.
 *
 * @param operation its id in the OpenAPI description
 */
public record Route(AccessRule rule, PathPattern pattern, String operation) {

    /** The id of the operation that a controller's method is. */
    public static String operation(HandlerMethod method) {
        return method.getBeanType().getSimpleName().replace("Controller", "") + "_"
                + method.getMethod().getName();
    }
}
