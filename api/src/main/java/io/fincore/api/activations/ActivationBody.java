package io.fincore.api.activations;

import io.fincore.api.orders.Failure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account activation, as the API shows it.
 *
 * @param status {@code pending}, {@code in_review}, {@code requires_manual_intervention}, {@code completed}, {@code rejected} or
 *     {@code failed}
 * @param failure why it ended without an active wallet
 */
record ActivationBody(
        String id,
        String object,
        String customer,
        String wallet,
        String status,
        @Nullable Failure failure,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt) {}
