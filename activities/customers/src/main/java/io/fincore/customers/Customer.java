package io.fincore.customers;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer as stored.
 *
 * @param id {@code cus_…}
 * @param country ISO 3166-1 alpha-2
 */
public record Customer(
        String id,
        String tenant,
        String principal,
        String name,
        String email,
        @Nullable LocalDate dateOfBirth,
        @Nullable String country,
        CustomerStatus status,
        Instant createdAt,
        Map<String, String> metadata) {

    public Customer {
        metadata = Map.copyOf(metadata);
    }
}
