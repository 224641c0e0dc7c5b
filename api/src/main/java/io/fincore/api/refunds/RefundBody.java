package io.fincore.api.refunds;

import io.fincore.api.orders.Failure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund, as the API shows it.
 *
 * @param amount minor units; null for all that is left of the payment, until it is known how much that is
 * @param status {@code pending}, {@code requires_manual_intervention}, {@code completed} or {@code failed}
 * @param failure why it ended without moving money
 * @param transaction what the wallet was credited by
 */
record RefundBody(
        String id,
        String object,
        String payment,
        @Nullable Long amount,
        String currency,
        String status,
        @Nullable String reason,
        @Nullable Failure failure,
        @Nullable String transaction,
        String endToEndId,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt) {}
