package io.fincore.api.wallets;

import io.fincore.api.limits.Spends;
import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.ledger.Transfer;
import io.fincore.ledger.TransferBatch;
import io.fincore.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Money to go from one wallet to another.
 *
 * @param source the wallet that pays
 * @param destination the wallet that is paid, another one
 * @param amount minor units of the currency
 */
@TwoWallets
record TransferRequest(
        @NotNull String source,
        @NotNull String destination,
        @NotNull @Min(1) @Max(Money.MAX_MINOR_UNITS) Long amount,
        @NotNull @CurrencyCode String currency,
        @Nullable @PlainText @Size(max = 140) String reference,
        @Nullable @Metadata Map<String, String> metadata)
        implements Spends {

    @Override
    public Collection<String> sources() {
        return source == null ? List.of() : List.of(source);
    }

    Money money() {
        return Money.of(amount, currency);
    }

    Map<String, String> givenMetadata() {
        return Objects.requireNonNullElse(metadata, Map.of());
    }

    Transfer command(String operationKey) {
        return new Transfer(operationKey, source, destination, money(), reference, givenMetadata());
    }

    TransferBatch.Row row() {
        return new TransferBatch.Row(source, destination, money(), reference, givenMetadata());
    }
}
