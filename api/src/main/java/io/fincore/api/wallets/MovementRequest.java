package io.fincore.api.wallets;

import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Money that came in for a wallet, or is to go out of it.
 *
 * @param amount minor units of the currency
 */
record MovementRequest(
        @NotNull @Min(1) @Max(Money.MAX_MINOR_UNITS) Long amount,
        @NotNull @CurrencyCode String currency,
        @Nullable @PlainText @Size(max = 140) String reference,
        @Nullable @Metadata Map<String, String> metadata) {

    Money money() {
        return Money.of(amount, currency);
    }

    Map<String, String> givenMetadata() {
        return Objects.requireNonNullElse(metadata, Map.of());
    }
}
