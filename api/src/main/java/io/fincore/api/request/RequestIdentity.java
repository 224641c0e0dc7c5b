package io.fincore.api.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The names of one request.
 *
 * @param requestId {@code req_…}, new for each request
 * @param correlationId chosen by the client, else the request id; ties together what many requests cause
 */
public record RequestIdentity(String requestId, String correlationId, String path) {

    private static final String ATTRIBUTE = RequestIdentity.class.getName();

    /** @throws IllegalStateException outside a request that passed {@link RequestIdentityFilter} */
    public static RequestIdentity of(HttpServletRequest request) {
        return require(request.getAttribute(ATTRIBUTE));
    }

    /** The identity of the request that this thread handles. */
    public static RequestIdentity current() {
        return require(RequestContextHolder.currentRequestAttributes()
                .getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
    }

    void bind(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    private static RequestIdentity require(@Nullable Object attribute) {
        return (RequestIdentity) Objects.requireNonNull(attribute, "the request has no identity yet");
    }
}
