package io.fincore.api.audit;

import io.fincore.api.request.RequestIdentity;
import io.fincore.audit.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who sent the request that this thread handles, as the audit log shall say. */
public final class RequestOrigin {

    private RequestOrigin() {}

    /** Empty outside of a request, and in one that needs no token. */
    public static Optional<Origin> current() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            return Optional.of(of(attributes.getRequest(), token.getToken().getSubject()));
        }
        return Optional.empty();
    }

    private static Origin of(HttpServletRequest request, String subject) {
        RequestIdentity identity = RequestIdentity.of(request);
        return new Origin(
                subject,
                identity.requestId(),
                identity.correlationId(),
                request.getRemoteAddr(),
                request.getHeader("User-Agent"));
    }
}
