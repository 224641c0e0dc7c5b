package io.fincore.api.payments;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** @param reason for the payment's history */
record CancellationBody(
        @Nullable @PlainText @Size(max = 500) String reason) {}
