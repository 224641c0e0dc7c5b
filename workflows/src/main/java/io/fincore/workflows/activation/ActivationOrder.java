package io.fincore.workflows.activation;

import io.fincore.money.IdType;
import java.time.Instant;
import java.util.Map;

/**
 * A wallet to be activated for its customer, checked by the API.
 *
 * @param activationId {@code act_…}
 * @param customerId the wallet's owner, {@code cus_…}
 * @param walletId {@code wal_…}
 * @param metadata the client's own data, kept and returned as it is
 * @param correlationId the id that ties logs, workflow and the provider's messages together
 * @param deadline when an activation fails for which no decision has come
 */
public record ActivationOrder(
        String activationId,
        String customerId,
        String walletId,
        String tenant,
        String principal,
        Map<String, String> metadata,
        String correlationId,
        Instant orderedAt,
        Instant deadline) {

    public ActivationOrder {
        IdType.ACTIVATION.require(activationId);
        IdType.CUSTOMER.require(customerId);
        IdType.WALLET.require(walletId);
        metadata = Map.copyOf(metadata);
    }
}
