package io.fincore.workflows.webhook;

/**
 * What this run has done for an endpoint, for operators; what every delivery came to is in the database.
 *
 * @param succeeded attempts that arrived
 * @param failed attempts that did not
 */
public record WebhookState(String endpointId, long succeeded, long failed) {

    WebhookState after(WebhookDrain drain) {
        return new WebhookState(endpointId, succeeded + drain.succeeded(), failed + drain.failed());
    }
}
