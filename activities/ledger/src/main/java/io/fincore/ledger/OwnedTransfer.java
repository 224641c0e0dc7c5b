package io.fincore.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A transfer that comes beside those of others.
 *
 * @param tenant with the principal the owner, whose wallets both must be
 * @param origin who asked for it, as JSON for the audit; null for the origin of the transaction
 */
public record OwnedTransfer(
        String tenant, String principal, @Nullable String origin, Transfer transfer) {}
