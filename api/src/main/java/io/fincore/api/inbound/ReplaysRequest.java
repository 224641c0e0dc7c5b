package io.fincore.api.inbound;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dead callbacks to hand on again after an outage: those of one provider that came within a time.
 *
 * @param provider {@code bank} or {@code kyc}
 * @param receivedFrom inclusive
 * @param receivedTo exclusive; null for all since then
 */
record ReplaysRequest(
        @NotNull @Pattern(regexp = "^(bank|kyc)$", message = "must be bank or kyc")
        String provider,

        @NotNull Instant receivedFrom,
        @Nullable Instant receivedTo,
        @NotNull @PlainText @Size(max = 500) String reason) {}
