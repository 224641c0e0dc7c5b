package io.fincore.workflows.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What came of the attempts that were due at one endpoint.
 *
 * @param succeeded attempts that arrived
 * @param failed attempts that did not
 * @param nextInMillis until the next attempt is due, 0 if one is; null if nothing waits, or not for a time
 */
public record WebhookDrain(
        int succeeded, int failed, @Nullable Long nextInMillis) {}
