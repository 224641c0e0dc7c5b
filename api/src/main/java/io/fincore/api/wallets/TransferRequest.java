package io.fincore.api.wallets;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.ledger.Transfer;
import io.fincore.money.Money;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
record TransferRequest(
        @NotNull String source,
        @NotNull String destination,
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

    /** @throws ProblemException 400 if it is one wallet twice */
    void requireTwoWallets() {
        if (source.equals(destination)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "One field breaks a rule.",
                    List.of(new FieldError("/destination", "must be another wallet than the source")));
        }
    }

    Transfer command(String operationKey) {
        return new Transfer(operationKey, source, destination, money(), reference, givenMetadata());
    }
}
