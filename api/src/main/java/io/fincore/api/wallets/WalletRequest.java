package io.fincore.api.wallets;

import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Metadata;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wallet to open: one for each customer and currency. */
record WalletRequest(
        @NotNull String customer,
        @NotNull @CurrencyCode String currency,
        @Nullable @Metadata Map<String, String> metadata) {}
