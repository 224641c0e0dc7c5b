package io.fincore.workflows.webhook;

/**
 * The endpoint to deliver to.
 *
 * @param endpointId {@code whe_…}
 * @param rests how often in a row the endpoint was left alone because it failed; not 0 only when a run continues another
 */
public record WebhookOrder(String endpointId, int rests) {}
