package io.fincore.api.orders;

import org.jspecify.annotations.Nullable;

/** Why an order came to nothing. */
public record Failure(String code, @Nullable String detail) {

    /** @param code null if there is no failure */
    public static @Nullable Failure of(@Nullable String code, @Nullable String detail) {
        return code == null ? null : new Failure(code, detail);
    }
}
