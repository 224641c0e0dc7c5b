package io.fincore.workflows.webhook;

/**
 * What this run has done for an endpoint, for operators; what every delivery came to is in the database.
 *
 * @param succeeded attempts that arrived
 * @param failed attempts that did not
 * @param rests how often in a row the endpoint was left alone
 */
public record WebhookState(String endpointId, long succeeded, long failed, int rests) {

    WebhookState after(WebhookDrain drain) {
        int restsNow = drain.struggling() ? rests + 1 : drain.succeeded() > 0 ? 0 : rests;
        return new WebhookState(endpointId, succeeded + drain.succeeded(), failed + drain.failed(), restsNow);
    }
}
