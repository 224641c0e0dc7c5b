package io.fincore.workflows.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What came of the attempts that were due at one endpoint.
 *
 * @param succeeded attempts that arrived
 * @param failed attempts that did not
 * @param struggling whether they were broken off because one after the other failed: the endpoint is to be left alone for a while
 * @param nextInMillis until the next attempt is due, 0 if one is; null if nothing waits
 */
public record WebhookDrain(
        int succeeded, int failed, boolean struggling, @Nullable Long nextInMillis) {}
