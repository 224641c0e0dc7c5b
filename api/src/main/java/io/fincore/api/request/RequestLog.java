package io.fincore.api.request;

import io.fincore.api.problem.ProblemHandler;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Route;
import io.fincore.api.security.Routes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.HandlerMapping;

/**
 * One line for each request: {@code requestId}, {@code correlationId}, {@code actorId}, {@code route} (the template, never the path),
 * {@code operation} (its id in the OpenAPI description), {@code method}, {@code status}, {@code durationMs}, {@code outcome} ({@code ok},
 * {@code refused}, {@code failed}), {@code errorClass}, {@code errorCode}. Nothing that a client wrote stands in it but the ids that it
 * may choose: no path, no query, no body, no address.
 */
public final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    /** A method can be any word, so a foreign one is not repeated. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final Routes routes;

    RequestLog(Routes routes) {
        this.routes = routes;
    }

    /** @param thrown what not even the filters could make a problem of, or null */
    void write(
            HttpServletRequest request,
            RequestIdentity identity,
            int status,
            long durationMillis,
            @Nullable Exception thrown) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        RequestTrail trail = RequestTrail.of(request);
        Optional<Route> route = routes.find(request);
        LoggingEventBuilder line = line(identity.requestId(), identity.correlationId(), status);
        line = with(line, "actorId", trail.actor());
        line = with(line, "route", route.map(found -> found.rule().path()).orElseGet(() -> page(request)));
        line = with(line, "operation", route.map(Route::operation).orElse(null));
        line = with(line, "method", METHODS.contains(request.getMethod()) ? request.getMethod() : "other");
        line = line.addKeyValue("durationMs", durationMillis);
        line = with(line, "outcome", outcome(status, thrown));
        line = with(
                line,
                "errorClass",
                thrown == null ? trail.cause() : thrown.getClass().getName());
        line = with(line, "errorCode", code(trail.problem(), status));
        line.log("request");
    }

    /** The line of a request that was too broken to reach any filter. */
    public static void writeUnreadable(String requestId, int status, String errorCode) {
        LoggingEventBuilder line = line(requestId, requestId, status);
        line = with(line, "outcome", outcome(status, null));
        line = with(line, "errorCode", errorCode);
        line.log("request");
    }

    private static LoggingEventBuilder line(String requestId, String correlationId, int status) {
        return LOG.atInfo()
                .addKeyValue("requestId", requestId)
                .addKeyValue("correlationId", correlationId)
                .addKeyValue("status", status);
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String name, @Nullable String value) {
        return value == null ? line : line.addKeyValue(name, value);
    }

    private static String outcome(int status, @Nullable Exception thrown) {
        if (thrown != null || status >= 500) {
            return "failed";
        }
        return status >= 400 ? "refused" : "ok";
    }

    /** What the container refused has its problem written after this line. */
    private static @Nullable String code(@Nullable ProblemType problem, int status) {
        if (problem == null && status >= 400) {
            return ProblemHandler.ofStatus(HttpStatusCode.valueOf(status))
                    .type()
                    .code();
        }
        return problem == null ? null : problem.code();
    }

    /** Of what is no operation: the description's pages. */
    private static @Nullable String page(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                ? pattern
                : null;
    }
}
