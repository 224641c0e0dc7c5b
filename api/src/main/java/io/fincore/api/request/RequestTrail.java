package io.fincore.api.request;

import io.fincore.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What becomes known of a request on its way, for its line in the log.
 *
 * @param actor the principal of a good token, whether or not it allows the request
 * @param problem what the request was answered with
 * @param cause the class of what was thrown; its message may quote what the client sent, and is left out
 */
public record RequestTrail(
        @Nullable String actor,
        @Nullable ProblemType problem,
        @Nullable String cause) {

    private static final String ATTRIBUTE = RequestTrail.class.getName();
    private static final RequestTrail NOTHING = new RequestTrail(null, null, null);

    static RequestTrail of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestTrail trail ? trail : NOTHING;
    }

    public static void actor(HttpServletRequest request, String principal) {
        RequestTrail before = of(request);
        request.setAttribute(ATTRIBUTE, new RequestTrail(principal, before.problem, before.cause));
    }

    public static void problem(HttpServletRequest request, ProblemType problem, Exception thrown) {
        request.setAttribute(
                ATTRIBUTE,
                new RequestTrail(of(request).actor, problem, thrown.getClass().getName()));
    }
}
