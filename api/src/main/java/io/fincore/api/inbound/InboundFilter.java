package io.fincore.api.inbound;

import io.fincore.api.problem.ProblemException;
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
        require("provider", provider, PROVIDERS);
        require("status", status, STATUSES);
    }

    private static void require(String parameter, @Nullable String given, List<String> known) {
        if (given != null && !known.contains(given)) {
            throw ProblemException.parameter(parameter, "is one of " + String.join(", ", known));
        }
    }
}
