package io.fincore.api.webhooks;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.money.IdType;
import io.fincore.outbox.EndpointStatus;
import io.fincore.outbox.WebhookEndpoint;
import io.fincore.outbox.WebhookEndpoints;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The endpoints of a caller; those of others do not exist for them. */
@Component
class OwnEndpoints {

    private final WebhookEndpoints endpoints;
    private final boolean allowInsecureUrls;

    OwnEndpoints(WebhookEndpoints endpoints, FincoreProperties properties) {
        this.endpoints = endpoints;
        this.allowInsecureUrls = properties.webhooks().allowInsecureUrls();
    }

    /** @throws ProblemException 404 */
    WebhookEndpoint require(Caller caller, String endpointId) {
        return own(caller, endpointId, endpoints::find);
    }

    /**
     * The endpoint, which nobody else changes before the transaction ends.
     *
     * @throws ProblemException 404
     */
    WebhookEndpoint lock(Caller caller, String endpointId) {
        return own(caller, endpointId, endpoints::lock);
    }

    /**
     * The same of one that takes deliveries.
     *
     * @throws ProblemException 404 unknown or foreign, 409 disabled
     */
    WebhookEndpoint lockUsable(Caller caller, String endpointId) {
        return usable(lock(caller, endpointId));
    }

    /**
     * The same for who adds deliveries to it; events that happen reach it meanwhile.
     *
     * @throws ProblemException 404 unknown or foreign, 409 disabled
     */
    WebhookEndpoint lockForDeliveries(Caller caller, String endpointId) {
        return usable(own(caller, endpointId, endpoints::lockForDeliveries));
    }

    /** @throws ProblemException 400 for a URL without TLS where that is not allowed */
    void requireSecure(@Nullable String url) {
        if (url != null && !allowInsecureUrls && !url.regionMatches(true, 0, "https:", 0, 6)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "Events are sent over TLS only.",
                    List.of(new FieldError("/url", "must begin with https://")));
        }
    }

    private static WebhookEndpoint usable(WebhookEndpoint endpoint) {
        if (endpoint.status() == EndpointStatus.DISABLED) {
            throw new ProblemException(
                    ProblemType.WEBHOOK_ENDPOINT_DISABLED, "The endpoint is disabled: resume it first.");
        }
        return endpoint;
    }

    /** Looks up an endpoint by whose it is: nobody waits for, or holds up, what is not theirs. */
    private interface Lookup {
        Optional<WebhookEndpoint> find(String tenant, String principal, String endpointId);
    }

    private static WebhookEndpoint own(Caller caller, String endpointId, Lookup lookup) {
        return Optional.of(endpointId)
                .filter(IdType.WEBHOOK_ENDPOINT::matches)
                .flatMap(id -> lookup.find(caller.tenant(), caller.principal(), id))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WEBHOOK_ENDPOINT_NOT_FOUND, "There is no such endpoint of yours."));
    }
}
