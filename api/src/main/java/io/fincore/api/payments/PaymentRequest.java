package io.fincore.api.payments;

import io.fincore.api.limits.Spends;
import io.fincore.api.validation.Bic;
import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Iban;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a payment, as the client sends it.
 *
 * @param amount minor units of the currency
 */
record PaymentRequest(
        @NotNull String source,
        @NotNull @Min(1) @Max(Money.MAX_MINOR_UNITS) Long amount,
        @NotNull @CurrencyCode String currency,
        @NotNull @Valid Creditor creditor,
        @Nullable @PlainText @Size(max = 140) String reference,
        @Nullable @Metadata Map<String, String> metadata)
        implements Spends {

    /** Who is paid; lengths as ISO 20022 carries them. */
    @Schema(name = "CreditorRequest")
    record Creditor(
            @NotNull @PlainText @Size(max = 140) String name,
            @NotNull @Iban String iban,
            @Nullable @Bic String bic) {}

    @Override
    public Collection<String> sources() {
        return source == null ? List.of() : List.of(source);
    }

    Money money() {
        return Money.of(amount, currency);
    }
}
