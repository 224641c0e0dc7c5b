package io.fincore.api.erasures;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param reason as the person put it, or by whose order; it is kept as proof, so without more of the person than needed */
record ErasureRequest(@NotNull @PlainText @Size(max = 500) String reason) {}
