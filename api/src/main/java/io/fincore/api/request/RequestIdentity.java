package io.fincore.api.request;

import io.fincore.money.IdType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
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

    /** A request that did not pass {@link RequestIdentityFilter}, such as one to the management port, is named now. */
    public static RequestIdentity of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestIdentity identity) {
            return identity;
        }
        String requestId = IdType.REQUEST.next();
        RequestIdentity identity = new RequestIdentity(requestId, requestId, request.getRequestURI());
        identity.bind(request);
        return identity;
    }

    /** The identity of the request that this thread handles. */
    public static RequestIdentity current() {
        return (RequestIdentity) Objects.requireNonNull(
                RequestContextHolder.currentRequestAttributes()
                        .getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST),
                "no request is being handled");
    }

    void bind(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
