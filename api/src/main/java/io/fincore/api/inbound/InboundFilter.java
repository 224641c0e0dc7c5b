package io.fincore.api.inbound;

import io.fincore.api.lists.Filters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which callbacks are asked for; null does not restrict. */
record InboundFilter(
        @Nullable String provider,
        @Nullable String status,
        @Nullable Instant receivedGte,
        @Nullable Instant receivedLt) {

    static final List<String> PROVIDERS = List.of(ProviderEvent.BANK, ProviderEvent.KYC);

    private static final List<String> STATUSES = List.of("pending", "done", "dead");

    InboundFilter {
        Filters.requireOneOf("provider", PROVIDERS, provider);
        Filters.requireOneOf("status", STATUSES, status);
    }
}
