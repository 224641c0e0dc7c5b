package io.fincore.customers;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer to be created; {@link IllegalArgumentException} if a part is out of bounds.
 *
 * @param name 1 to 140 characters, as ISO 20022 carries a party's name (Max140Text)
 * @param email with an {@code @}, at most 254 characters (RFC 5321); whether it works only a message can tell
 * @param country ISO 3166-1 alpha-2, two capital letters
 * @param metadata the client's own data, kept and returned as it is
 */
public record NewCustomer(
        String tenant,
        String principal,
        String name,
        String email,
        @Nullable LocalDate dateOfBirth,
        @Nullable String country,
        Map<String, String> metadata) {

    private static final int MAX_NAME_LENGTH = 140;
    private static final int MAX_EMAIL_LENGTH = 254;

    public NewCustomer {
        if (tenant.isBlank() || principal.isBlank()) {
            throw new IllegalArgumentException("a customer has an owner: tenant and principal");
        }
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (!email.matches("[^@\\s]+@[^@\\s]+") || email.length() > MAX_EMAIL_LENGTH) {
            throw new IllegalArgumentException(
                    "an e-mail address is local@domain, at most " + MAX_EMAIL_LENGTH + " characters");
        }
        if (country != null && !country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("a country is two capital letters (ISO 3166-1 alpha-2)");
        }
        metadata = Map.copyOf(metadata);
    }
}
