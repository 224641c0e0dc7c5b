package io.fincore.api.orders;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why an order came to nothing. */
public record Failure(String code, @Nullable String detail) {

    /** Where the stored detail is what a machine said: it may hold SQL, and is for operators. */
    private static final Map<String, String> IN_OUR_WORDS = Map.of(
            "internal_error", "Something failed on our side; what had been done is undone.",
            "kyc_unavailable", "The customer could not be checked.");

    /**
     * What a client is told.
     *
     * @param code null if there is no failure
     */
    public static @Nullable Failure of(@Nullable String code, @Nullable String detail) {
        return code == null ? null : new Failure(code, IN_OUR_WORDS.getOrDefault(code, detail));
    }
}
