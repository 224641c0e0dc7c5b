package io.fincore.api.customers;

import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer to create.
 *
 * @param country ISO 3166-1 alpha-2
 */
record CustomerRequest(
        @NotNull @PlainText @Size(max = 140) String name,

        @NotNull @Pattern(regexp = CustomerRequest.EMAIL, message = "must be an e-mail address") @Size(max = 254)
        String email,

        @Nullable @Past LocalDate dateOfBirth,

        @Nullable @Pattern(regexp = "^[A-Z]{2}$", message = "must be two capital letters (ISO 3166-1)")
        String country,

        @Nullable @Metadata Map<String, String> metadata) {

    static final String EMAIL = "^[^@\\s\\u0000-\\u001F\\u007F-\\u009F]+@[^@\\s\\u0000-\\u001F\\u007F-\\u009F]+$";
}
