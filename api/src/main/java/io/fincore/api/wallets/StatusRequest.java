package io.fincore.api.wallets;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param reason why the wallet is to change, for its history */
record StatusRequest(@NotNull @PlainText @Size(max = 500) String reason) {}
