package io.fincore.workflows.webhook;

/**
 * The endpoint to deliver to.
 *
 * @param endpointId {@code whe_…}
 */
public record WebhookOrder(String endpointId) {}
