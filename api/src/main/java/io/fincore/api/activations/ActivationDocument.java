package io.fincore.api.activations;

import java.time.Instant;
import java.util.Map;

/** A checked order. */
record ActivationDocument(String customer, String wallet, Map<String, String> metadata) {

    static ActivationDocument of(ActivationRequest request, String customerId) {
        return new ActivationDocument(
                customerId, request.wallet(), request.metadata() == null ? Map.of() : request.metadata());
    }

    StoredActivation pending(String activationId, Instant claimedAt) {
        return new StoredActivation(
                new ActivationBody(
                        activationId,
                        "account_activation",
                        customer,
                        wallet,
                        "pending",
                        null,
                        metadata,
                        claimedAt,
                        claimedAt),
                0);
    }
}
